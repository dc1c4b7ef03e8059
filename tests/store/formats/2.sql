BEGIN TRANSACTION;
CREATE TABLE cells (
	document_id INTEGER NOT NULL, 
	"table" INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	value TEXT, 
	page INTEGER NOT NULL, 
	x0 DOUBLE NOT NULL, 
	top DOUBLE NOT NULL, 
	x1 DOUBLE NOT NULL, 
	bottom DOUBLE NOT NULL, 
	confidence DOUBLE NOT NULL, 
	PRIMARY KEY (document_id, "table", ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "cells" VALUES(1,1,0,0,0,'科技馆','text',NULL,1,50.0,100.0,130.0,120.0,1.0);
INSERT INTO "cells" VALUES(1,1,1,0,1,'1','amount','1',1,130.0,100.0,210.0,120.0,0.875);
INSERT INTO "cells" VALUES(1,1,2,0,2,'2.50','amount','2.50',1,210.0,100.0,290.0,120.0,0.875);
INSERT INTO "cells" VALUES(1,1,3,1,0,'合计','text',NULL,1,50.0,120.0,130.0,140.0,1.0);
INSERT INTO "cells" VALUES(1,1,4,1,1,'','blank',NULL,1,130.0,120.0,210.0,140.0,0.875);
INSERT INTO "cells" VALUES(1,1,5,1,2,'2.50','amount','2.50',1,210.0,120.0,290.0,140.0,0.875);
INSERT INTO "cells" VALUES(2,1,0,0,0,'教育支出','text',NULL,1,50.0,100.0,130.0,120.0,1.0);
INSERT INTO "cells" VALUES(2,1,1,0,1,'3.20','amount','3.20',1,130.0,100.0,210.0,120.0,0.875);
INSERT INTO "cells" VALUES(2,1,2,1,0,'合计','text',NULL,1,50.0,120.0,130.0,140.0,1.0);
INSERT INTO "cells" VALUES(2,1,3,1,1,'3.20','amount','3.20',1,130.0,120.0,210.0,140.0,0.875);
CREATE TABLE columns (
	document_id INTEGER NOT NULL, 
	"table" INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	fund TEXT NOT NULL, 
	period TEXT NOT NULL, 
	PRIMARY KEY (document_id, "table", ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "columns" VALUES(1,1,0,'["单位"]','label','','','','');
INSERT INTO "columns" VALUES(1,1,1,'["公务接待费"]','amount','万元','','','');
INSERT INTO "columns" VALUES(1,1,2,'["合计"]','amount','万元','','','');
INSERT INTO "columns" VALUES(2,1,0,'["科目"]','label','','','','');
INSERT INTO "columns" VALUES(2,1,1,'["合计"]','amount','万元','','','');
CREATE TABLE documents (
	id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	suffix TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	generation INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	aliases TEXT NOT NULL, 
	level TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	guessed TEXT NOT NULL, 
	title TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	passages INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (document)
);
INSERT INTO "documents" VALUES(1,'甲.pdf','08c9e7d61e24a2f7c53a112bec0771be7cd90cd1c0d771610af0900c3a46e36e','.pdf','',1,'某市科技局','[]','部门','预算',2024,'[]','某市科技局2024年部门预算','["第1页有一处未识别"]',2);
INSERT INTO "documents" VALUES(2,'乙.pdf','d80a96568faa832956e3a70bdf2da058ed62f39247cffd25d988f761e96996a2','.pdf','',2,'某市科技局','[]','部门','预算',2024,'[]','某市科技局2024年部门预算','[]',1);
CREATE TABLE findings (
	document_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	statement TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	pages TEXT NOT NULL, 
	"left" TEXT NOT NULL, 
	"right" TEXT NOT NULL, 
	difference TEXT NOT NULL, 
	message TEXT NOT NULL, 
	cells TEXT NOT NULL, 
	PRIMARY KEY (document_id, ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "findings" VALUES(1,0,'sum','合计 = Σ类','holds','[1]','["合计","3.20","万元",1,130.0,120.0,210.0,140.0]','["教育支出","3.2","万元",1,130.0,100.0,210.0,120.0,[1,210.0,100.0,290.0,120.0]]','0.00','合计与各类之和相等。','[[1,0,1],[1,1,1]]');
CREATE TABLE "indexed" (
	document TEXT NOT NULL, 
	generation INTEGER NOT NULL, 
	passages INTEGER NOT NULL, 
	PRIMARY KEY (document)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema',2);
INSERT INTO "meta" VALUES('generation',2);
CREATE TABLE pages (
	document_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	width DOUBLE NOT NULL, 
	height DOUBLE NOT NULL, 
	printed TEXT, 
	source TEXT NOT NULL, 
	note TEXT NOT NULL, 
	PRIMARY KEY (document_id, number), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "pages" VALUES(1,1,595.3,841.9,'1','text','');
INSERT INTO "pages" VALUES(2,1,595.3,841.9,'1','text','');
CREATE TABLE passages (
	document_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	section TEXT NOT NULL, 
	text TEXT NOT NULL, 
	pages TEXT NOT NULL, 
	boxes TEXT NOT NULL, 
	mentions TEXT NOT NULL, 
	PRIMARY KEY (document_id, ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "passages" VALUES(1,1,'["部门概况"]','支出预算829.99万元，比上年增加。','[1]','[[1,50,60,500,90]]','[["支出预算","amount","829.99","万元","829.99万元",4,12,1,60,60,120,72,1,"上年"]]');
INSERT INTO "passages" VALUES(1,2,'["部门概况"]','本单位负责科普。','[1]','[[1,50,60,500,90]]','[]');
INSERT INTO "passages" VALUES(2,1,'["部门概况"]','本部门负责科学技术普及工作。','[1]','[[1,50,60,500,90]]','[]');
CREATE TABLE rows (
	document_id INTEGER NOT NULL, 
	"table" INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	role TEXT NOT NULL, 
	depth INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	body TEXT NOT NULL, 
	project TEXT NOT NULL, 
	below TEXT NOT NULL, 
	note TEXT NOT NULL, 
	PRIMARY KEY (document_id, "table", ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "rows" VALUES(1,1,0,'["科技馆"]','line',0,'','市科技馆','','[]','');
INSERT INTO "rows" VALUES(1,1,1,'["合计"]','total',0,'','','','[]','');
INSERT INTO "rows" VALUES(2,1,0,'["教育支出"]','line',0,'','','','[]','');
INSERT INTO "rows" VALUES(2,1,1,'["合计"]','total',0,'','','','[]','');
CREATE TABLE tables (
	document_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	"group" INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	number TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	panel TEXT NOT NULL, 
	pages TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	empty BOOLEAN NOT NULL, 
	PRIMARY KEY (document_id, ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "tables" VALUES(1,1,1,'expenditure','支出总表','表1','万元','','[1]','[]',0);
INSERT INTO "tables" VALUES(2,1,1,'','支出总表','表1','万元','','[1]','[]',0);
CREATE INDEX documents_by_identity ON documents (body, year, kind);
CREATE INDEX rows_by_body ON rows (body) WHERE body != '';
COMMIT;
