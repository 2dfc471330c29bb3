CREATE TABLE conversations (
	id VARCHAR(64) NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	created FLOAT NOT NULL, 
	updated FLOAT NOT NULL, 
	mode VARCHAR(8) NOT NULL, 
	mode_since FLOAT NOT NULL, 
	agent VARCHAR(64), 
	last_id INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE turns (
	n INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	conversation VARCHAR(64) NOT NULL, 
	message INTEGER, 
	text TEXT NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	facts TEXT NOT NULL, 
	intent VARCHAR(80), 
	confidence FLOAT, 
	ms FLOAT NOT NULL, 
	kb_version VARCHAR(16) NOT NULL, 
	model VARCHAR(80) NOT NULL, 
	PRIMARY KEY (n)
);
CREATE TABLE probe (
	n INTEGER NOT NULL, 
	filler TEXT NOT NULL, 
	PRIMARY KEY (n)
);
CREATE TABLE messages (
	conversation VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	author VARCHAR(8) NOT NULL, 
	agent VARCHAR(64), 
	client_id VARCHAR(64), 
	text TEXT NOT NULL, 
	buttons TEXT, 
	custom TEXT, 
	PRIMARY KEY (conversation, id), 
	UNIQUE (conversation, client_id), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE pending (
	conversation VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	PRIMARY KEY (conversation, id), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE feedback (
	conversation VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	value VARCHAR(8) NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (conversation, id), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE ticks (
	conversation VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	ticked TEXT NOT NULL, 
	PRIMARY KEY (conversation, id), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE satisfaction (
	conversation VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (conversation, at), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE desk_agents (
	name VARCHAR(32) NOT NULL, 
	hash TEXT NOT NULL, 
	role VARCHAR(8) NOT NULL, 
	created FLOAT NOT NULL, 
	disabled INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE desk_failures (
	n INTEGER NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (n)
);
CREATE TABLE desk_audit (
	n INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	agent VARCHAR(64) NOT NULL, 
	action VARCHAR(24) NOT NULL, 
	conversation VARCHAR(64), 
	detail TEXT, 
	PRIMARY KEY (n)
);
CREATE TABLE desk_notes (
	n INTEGER NOT NULL, 
	conversation VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	agent VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (n), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE desk_labels (
	conversation VARCHAR(64) NOT NULL, 
	label VARCHAR(24) NOT NULL, 
	PRIMARY KEY (conversation, label), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE desk_reads (
	conversation VARCHAR(64) NOT NULL, 
	agent VARCHAR(32) NOT NULL, 
	last_id INTEGER NOT NULL, 
	PRIMARY KEY (conversation, agent), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE desk_handoffs (
	n INTEGER NOT NULL, 
	conversation VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	asked INTEGER NOT NULL, 
	claimed FLOAT, 
	agent VARCHAR(32), 
	replied FLOAT, 
	ended FLOAT, 
	PRIMARY KEY (n), 
	FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE desk_sessions (
	id VARCHAR(64) NOT NULL, 
	agent VARCHAR(32) NOT NULL, 
	created FLOAT NOT NULL, 
	seen FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agent) REFERENCES desk_agents (name) ON DELETE CASCADE
);
CREATE TABLE desk_searched (n INTEGER PRIMARY KEY, conversation TEXT NOT NULL, id INTEGER NOT NULL, UNIQUE (conversation, id));
CREATE VIRTUAL TABLE desk_search USING fts5(text, tokenize='trigram');
INSERT INTO conversations (id, channel, created, updated, mode, mode_since, agent, last_id) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 'web', 1.79579222283418822288e+09, 1.79579222305879473682e+09, 'bot', 1.79579222283418822288e+09, NULL, 5);
INSERT INTO conversations (id, channel, created, updated, mode, mode_since, agent, last_id) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 'web', 1.79579222292130422588e+09, 1.79579222303542280201e+09, 'human', 1.79579222301424670221e+09, 'li', 5);
INSERT INTO turns (n, at, channel, conversation, message, text, status, facts, intent, confidence, ms, kb_version, model) VALUES (1, 1.79579222285067033769e+09, 'web', 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 1, 'remember:灯塔', 'unknown', '[]', NULL, NULL, 10.16, 'fb2dbdcf9dcd', 'tiny-0e77df7b504f.tar.gz');
INSERT INTO turns (n, at, channel, conversation, message, text, status, facts, intent, confidence, ms, kb_version, model) VALUES (2, 1.79579222288368034357e+09, 'web', 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 3, '变更主体要多久', 'answered', '["overview.types"]', 'answer', 0.97, 9.93, 'fb2dbdcf9dcd', 'tiny-0e77df7b504f.tar.gz');
INSERT INTO turns (n, at, channel, conversation, message, text, status, facts, intent, confidence, ms, kb_version, model) VALUES (3, 1.79579222292847657206e+09, 'web', 'w-zDDls_PHEAgarp7S7qTNT_g6', 1, 'two:', 'answered', '[]', NULL, NULL, 4.5, 'fb2dbdcf9dcd', 'tiny-0e77df7b504f.tar.gz');
INSERT INTO turns (n, at, channel, conversation, message, text, status, facts, intent, confidence, ms, kb_version, model) VALUES (4, 1.79579222305780148499e+09, 'rest', 'api-sU3YVswv_rOFzfs43B5bl_Pv', NULL, 'remember:石桥', 'unknown', '[]', NULL, NULL, 2.61, 'fb2dbdcf9dcd', 'tiny-0e77df7b504f.tar.gz');
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 1, 1.79579222283418822288e+09, 'user', NULL, 'a1', 'remember:灯塔', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 2, 1.79579222285067033769e+09, 'bot', NULL, NULL, '记住了', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 3, 1.79579222287118744853e+09, 'user', NULL, 'a2', '变更主体要多久', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 4, 1.79579222288368034357e+09, 'bot', NULL, NULL, '第一段：变更主体要多久

第二段', '[{"title": "审核要多久", "payload": "审核要多久"}]', '{"status": "answered", "facts": ["overview.types"], "sources": [{"fact": "overview.types", "section": "备案变更的常见类型", "layer": "procedure"}], "card": {"type": "checklist", "title": "清单", "items": ["营业执照", "身份证"]}, "deadlines": [{"title": "提交变更", "date": "2026-03-01"}], "understood": {"intent": "answer", "confidence": 0.97, "label": "overview/types"}, "kb_version": "0123456789ab"}');
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 1, 1.79579222292130422588e+09, 'user', NULL, 'b1', 'two:', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 2, 1.79579222292847657206e+09, 'bot', NULL, NULL, '一', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 3, 1.79579222292847657206e+09, 'bot', NULL, NULL, '', NULL, '{"status": "answered"}');
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 4, 1.79579222301693391798e+09, 'system', NULL, NULL, '人工客服已接入，接下来由客服为您解答。', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 5, 1.79579222303542280201e+09, 'agent', 'li', 'desk-z1', '您好，我来处理', NULL, NULL);
INSERT INTO messages (conversation, id, at, author, agent, client_id, text, buttons, custom) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 5, 1.79579222305879473682e+09, 'user', NULL, 'a3', 'recall:', NULL, NULL);
INSERT INTO pending (conversation, id) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 5);
INSERT INTO feedback (conversation, id, at, value, reason) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 4, 1.79579222291114616399e+09, 'down', '太长');
INSERT INTO ticks (conversation, id, ticked) VALUES ('w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 4, '[1]');
INSERT INTO satisfaction (conversation, at, value) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', 1.79579222305327200893e+09, 1);
INSERT INTO desk_agents (name, hash, role, created, disabled) VALUES ('li', '$argon2id$v=19$m=8,t=1,p=1$mLF0wrCLRxPUebq8vXfYcQ$EFutVLbYKkbhEca8RnnqmChmEVM2BtaZg78lNvIBRWc', 'agent', 1.7957922228233964443e+09, 0);
INSERT INTO desk_agents (name, hash, role, created, disabled) VALUES ('wang', '$argon2id$v=19$m=8,t=1,p=1$p8XmOYXQ3eh4+fm7zQKA5Q$ZFQJOiJxNvsqhPGKNqgjxfw9LVjV6COxqdBDJKrMUB8', 'agent', 1.79579222282781767851e+09, 0);
INSERT INTO desk_agents (name, hash, role, created, disabled) VALUES ('chief', '$argon2id$v=19$m=8,t=1,p=1$6ZOUy5vOfoq3vCzVszRamQ$Ryx/0KobDS6upI+L46PS2fqrHgydJymFYwJcx/z2vxU', 'admin', 1.79579222282855534556e+09, 0);
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (1, 1.79579222300482392311e+09, 'li', 'login', NULL, NULL);
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (2, 1.79579222301649332046e+09, 'li', 'claim', 'w-zDDls_PHEAgarp7S7qTNT_g6', NULL);
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (3, 1.79579222303695249561e+09, 'li', 'reply', 'w-zDDls_PHEAgarp7S7qTNT_g6', '#5');
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (4, 1.79579222304489207265e+09, 'li', 'note', 'w-zDDls_PHEAgarp7S7qTNT_g6', NULL);
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (5, 1.79579222305100631718e+09, 'li', 'labels', 'w-zDDls_PHEAgarp7S7qTNT_g6', '加急');
INSERT INTO desk_audit (n, at, agent, action, conversation, detail) VALUES (6, 1.79579222305970025068e+09, '(command line)', 'list', NULL, NULL);
INSERT INTO desk_notes (n, conversation, at, agent, text) VALUES (1, 'w-zDDls_PHEAgarp7S7qTNT_g6', 1.79579222304414772991e+09, 'li', '客户着急');
INSERT INTO desk_labels (conversation, label) VALUES ('w-zDDls_PHEAgarp7S7qTNT_g6', '加急');
INSERT INTO desk_handoffs (n, conversation, at, asked, claimed, agent, replied, ended) VALUES (1, 'w-zDDls_PHEAgarp7S7qTNT_g6', 1.79579222301505517962e+09, 0, 1.79579222301505517962e+09, 'li', 1.79579222303633189196e+09, NULL);
INSERT INTO desk_sessions (id, agent, created, seen) VALUES ('e80809695c536774034fbc50e1c9faed45fdf8262203f6a5aa026a1406f45a2a', 'li', 1.79579222299912285806e+09, 1.79579222299912285806e+09);
INSERT INTO desk_searched (n, conversation, id) VALUES (1, 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 1);
INSERT INTO desk_searched (n, conversation, id) VALUES (2, 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 2);
INSERT INTO desk_searched (n, conversation, id) VALUES (3, 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 3);
INSERT INTO desk_searched (n, conversation, id) VALUES (4, 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 4);
INSERT INTO desk_searched (n, conversation, id) VALUES (5, 'w-zDDls_PHEAgarp7S7qTNT_g6', 1);
INSERT INTO desk_searched (n, conversation, id) VALUES (6, 'w-zDDls_PHEAgarp7S7qTNT_g6', 2);
INSERT INTO desk_searched (n, conversation, id) VALUES (7, 'w-zDDls_PHEAgarp7S7qTNT_g6', 3);
INSERT INTO desk_searched (n, conversation, id) VALUES (8, 'w-zDDls_PHEAgarp7S7qTNT_g6', 4);
INSERT INTO desk_searched (n, conversation, id) VALUES (9, 'w-zDDls_PHEAgarp7S7qTNT_g6', 5);
INSERT INTO desk_searched (n, conversation, id) VALUES (10, 'w-Ds3Z9U8E99HKHdBXCw1J6Q8M', 5);
INSERT INTO desk_search (rowid, text) VALUES (1, 'remember:灯塔');
INSERT INTO desk_search (rowid, text) VALUES (2, '记住了');
INSERT INTO desk_search (rowid, text) VALUES (3, '变更主体要多久');
INSERT INTO desk_search (rowid, text) VALUES (4, '第一段：变更主体要多久

第二段');
INSERT INTO desk_search (rowid, text) VALUES (5, 'two:');
INSERT INTO desk_search (rowid, text) VALUES (6, '一');
INSERT INTO desk_search (rowid, text) VALUES (7, '');
INSERT INTO desk_search (rowid, text) VALUES (8, '人工客服已接入，接下来由客服为您解答。');
INSERT INTO desk_search (rowid, text) VALUES (9, '您好，我来处理');
INSERT INTO desk_search (rowid, text) VALUES (10, 'recall:');
CREATE INDEX ix_conversations_mode ON conversations (mode);
CREATE INDEX ix_conversations_updated ON conversations (updated);
CREATE INDEX ix_turns_conversation ON turns (conversation);
CREATE INDEX ix_turns_status ON turns (status);
CREATE INDEX ix_turns_at ON turns (at);
CREATE INDEX ix_messages_at ON messages (at);
CREATE INDEX ix_desk_failures_name ON desk_failures (name);
CREATE INDEX ix_desk_audit_agent ON desk_audit (agent);
CREATE INDEX ix_desk_audit_at ON desk_audit (at);
CREATE INDEX ix_desk_notes_conversation ON desk_notes (conversation);
CREATE INDEX ix_desk_handoffs_conversation ON desk_handoffs (conversation);
CREATE INDEX ix_desk_handoffs_at ON desk_handoffs (at);
CREATE INDEX ix_desk_sessions_agent ON desk_sessions (agent);
CREATE TRIGGER desk_audit_no_UPDATE BEFORE UPDATE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER desk_audit_no_DELETE BEFORE DELETE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER desk_audit_no_replace BEFORE INSERT ON desk_audit WHEN EXISTS (SELECT 1 FROM desk_audit WHERE n = new.n) BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER desk_search_add AFTER INSERT ON messages BEGIN INSERT INTO desk_searched (conversation, id) VALUES (new.conversation, new.id); INSERT INTO desk_search (rowid, text) SELECT n, new.text FROM desk_searched WHERE conversation = new.conversation AND id = new.id; END;
CREATE TRIGGER desk_search_drop AFTER DELETE ON messages BEGIN DELETE FROM desk_search WHERE rowid IN (SELECT n FROM desk_searched WHERE conversation = old.conversation AND id = old.id); DELETE FROM desk_searched WHERE conversation = old.conversation AND id = old.id; END;
