-- What the trigrams of a server whose character type is C leave out: letters beyond ASCII, each by itself and with the one
-- that follows it. Two are enough, since names in Chinese have no more.
CREATE FUNCTION "otherLetters"(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
  SELECT DISTINCT substr("run"[1], "at", "size")
  FROM regexp_matches($1, '[^\x01-\x7f]+', 'g') AS "run",
    LATERAL generate_series(1, 2) AS "size",
    LATERAL generate_series(1, char_length("run"[1]) + 1 - "size") AS "at"
);

-- Of rows that have such letters alone: the others cost their writers nothing.
CREATE INDEX "Order_search_other_letters_idx" ON "Order" USING GIN ("otherLetters"("searchText")) WITH (fastupdate = off)
  WHERE octet_length("searchText") > char_length("searchText");
CREATE INDEX "Product_search_other_letters_idx" ON "Product" USING GIN ("otherLetters"("searchText"))
  WHERE octet_length("searchText") > char_length("searchText");
