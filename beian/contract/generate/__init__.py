"""What is written from the contract: JSON Schema, OpenAPI, TypeScript, tables for readers, values."""
