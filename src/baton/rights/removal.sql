-- Remove what pg_temp.gone names; says how many rows of which table, and a hash over the hashes of all rows: their text together could be
-- longer than PostgreSQL lets a text be, since documents hold files.
create or replace function guard.remove_what_goes(out counts jsonb, out hash text)
language plpgsql volatile set search_path = public, pg_temp as $$
declare
    each record;
    told text;
    said text := '';
begin
    counts := '{}';
    set constraints all deferred;
    for each in select g.tbl, count(*)::int as rows from pg_temp.gone g group by g.tbl order by g.tbl loop
        execute format('select encode(sha256(convert_to(string_agg(encode(sha256(convert_to(t::text, ''UTF8'')), ''hex''), ''|'' order by t.id), ''UTF8'')), ''hex'')
                          from %1$s t join pg_temp.gone g on g.tbl = %1$L and g.row_id = t.id', each.tbl) into told;
        said := said || each.tbl || ':' || coalesce(told, '') || ';';
        counts := counts || jsonb_build_object(each.tbl, each.rows);
    end loop;
    for each in select distinct g.tbl from pg_temp.gone g loop
        execute format('delete from %1$s t using pg_temp.gone g where g.tbl = %1$L and g.row_id = t.id', each.tbl);
    end loop;
    hash := encode(sha256(convert_to(said, 'UTF8')), 'hex');
end $$;
