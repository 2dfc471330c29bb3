import { useEffect } from "react";
import { mountBeian } from "./beian.js";

export function Beian({ address, look, context }) {
  useEffect(() => mountBeian(address, look), [address]);
  useEffect(() => {
    (window.Beian = window.Beian || []).push(["context", context ?? null]);
  }, [context]);
  return null;
}
