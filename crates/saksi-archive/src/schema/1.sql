-- Version 1. Identifiers of entities, statements and events begin with those of their report: report * 2^20 + number within it, so that
-- what one report says lies together and is found and taken away as one stretch.

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the text.
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    language TEXT NOT NULL,
    -- Of its earliest appearance; the record is read with these.
    uri TEXT,
    title TEXT,
    outlet TEXT,
    published TEXT,
    -- The reading that holds: a number from 1.
    reading INTEGER NOT NULL,
    -- MinHash of its shingles.
    signature BLOB NOT NULL,
    -- The earliest report that it is a reprint of.
    reprint_of INTEGER REFERENCES report (id),
    -- JSON: how like they are and what differs.
    difference TEXT
) STRICT;
CREATE INDEX report_published ON report (published, id);
CREATE INDEX report_reprint ON report (reprint_of) WHERE reprint_of IS NOT NULL;

-- Where the text of a report was found.
CREATE TABLE appearance (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    uri TEXT,
    title TEXT,
    outlet TEXT,
    published TEXT,
    retrieved TEXT
) STRICT;
CREATE UNIQUE INDEX appearance_once ON appearance (report, ifnull(uri, ''), ifnull(outlet, ''), ifnull(published, ''));
CREATE INDEX appearance_outlet ON appearance (outlet COLLATE NOCASE) WHERE outlet IS NOT NULL;

-- What was handed in: a digest of its bytes and of what was said about them. A second intake of the same needs no reading.
CREATE TABLE taken (
    key BLOB PRIMARY KEY CHECK (length(key) = 32),
    report INTEGER NOT NULL REFERENCES report (id)
) STRICT, WITHOUT ROWID;

-- Every reading of a report, the latest of which holds.
CREATE TABLE reading (
    report INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL,
    -- JSON: the program and the packs that made it.
    generator TEXT NOT NULL,
    -- The record as JSON, packed.
    record BLOB NOT NULL,
    -- The lemmas, a line a sentence, packed.
    lemmas BLOB NOT NULL,
    PRIMARY KEY (report, number)
) STRICT;

CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    code TEXT NOT NULL,
    type TEXT NOT NULL,
    name INTEGER NOT NULL REFERENCES name (id),
    country TEXT,
    sector TEXT,
    latitude REAL,
    longitude REAL
) STRICT;
CREATE INDEX entity_name ON entity (name);
CREATE INDEX entity_country ON entity (country) WHERE country IS NOT NULL;

-- Identifiers of entities elsewhere.
CREATE TABLE link (
    value TEXT NOT NULL,
    scheme TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (value, scheme, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_entity ON link (entity);

CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    code TEXT NOT NULL,
    source INTEGER REFERENCES entity (id),
    stance TEXT NOT NULL,
    quotation TEXT NOT NULL,
    content TEXT
) STRICT;
CREATE INDEX statement_source ON statement (source) WHERE source IS NOT NULL;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    code TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    modality TEXT NOT NULL,
    words TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    -- EDTF as in the record, and the first and last day that it may mean, as the number YYYYMMDD.
    date TEXT,
    first INTEGER,
    last INTEGER,
    statement INTEGER REFERENCES statement (id),
    happening TEXT NOT NULL,
    confidence REAL NOT NULL
) STRICT;
CREATE INDEX event_type ON event (type, modality, first, last);
CREATE INDEX event_date ON event (first, last) WHERE first IS NOT NULL;

-- The same days once more, as stretches: what overlaps with a stretch is found at once.
CREATE VIRTUAL TABLE event_days USING rtree_i32 (id, first, last);

-- Who and what takes part in an event; `source` is who says so, and those who say that they say so. What a filter may ask of the event and of the entity
-- stands here once more, so that most questions are answered by one stretch of one index.
CREATE TABLE party (
    event INTEGER NOT NULL REFERENCES event (id),
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'object', 'instrument', 'place', 'source')),
    entity INTEGER NOT NULL REFERENCES entity (id),
    name INTEGER NOT NULL REFERENCES name (id),
    country TEXT,
    type TEXT NOT NULL,
    modality TEXT NOT NULL,
    stance TEXT,
    first INTEGER,
    last INTEGER,
    PRIMARY KEY (event, role, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_name ON party (name, role, type, modality, stance, first, last);
CREATE INDEX party_country ON party (country, type, modality, stance, first, last) WHERE country IS NOT NULL;
CREATE INDEX party_entity ON party (entity);

-- Bands of the MinHash signatures: reports that share a hash may be reprints.
CREATE TABLE band (
    hash INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (hash, report)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, lemmas,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE name_words USING fts5 (
    name,
    content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
