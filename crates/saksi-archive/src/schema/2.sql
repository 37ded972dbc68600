-- Version 2. What a filter may ask is answered by one stretch of one index, which holds all that is asked. A stretch of days lies within a month or from one
-- to the next (`last - first` under 100, the numbers being YYYYMMDD), and then begins close to the days that are asked for; the few longer ones have indexes
-- of their own.

DROP TABLE event_days;
DROP INDEX event_type;
DROP INDEX event_date;
CREATE INDEX event_type ON event (type, first, last, modality);
CREATE INDEX event_date ON event (first, last, type, modality) WHERE first IS NOT NULL;
CREATE INDEX event_long ON event (first, last, type, modality) WHERE last - first >= 100;
CREATE INDEX party_country_date ON party (country, first, last, type, modality, stance) WHERE country IS NOT NULL AND first IS NOT NULL;
CREATE INDEX party_country_long ON party (country, first, last, type, modality, stance) WHERE country IS NOT NULL AND last - first >= 100;

-- A statement is taken away with its report: whether an event still speaks of it must not need a look at all events.
CREATE INDEX event_statement ON event (statement) WHERE statement IS NOT NULL;
