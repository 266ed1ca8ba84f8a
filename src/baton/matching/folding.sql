-- Which row each row was folded into by merges that did not write it down: those made before the ledger kept it. Addresses of those rows lead
-- on since, as those of later merges do.

-- Who a row is about, and what makes it one of its kind, as the people are now; null for tables no address names a row of.
create function guard.said_by(tbl text, r jsonb) returns jsonb language sql stable set search_path = public, pg_temp as $$
    select case tbl
        when 'people_familymember' then jsonb_build_array(r -> 'family_id', guard.survivor_of((r ->> 'person_id')::bigint))
        when 'people_parentalresponsibility' then
            jsonb_build_array(guard.survivor_of((r ->> 'child_id')::bigint), guard.survivor_of((r ->> 'holder_id')::bigint))
        when 'people_residence' then jsonb_build_array(guard.survivor_of((r ->> 'person_id')::bigint), r -> 'address_id')
        when 'relationships_relationship' then
            jsonb_build_array(r -> 'kind', least(one, two), greatest(one, two))
        when 'relationships_networktie' then
            jsonb_build_array(r -> 'family_id', lower(r ->> 'name'), r -> 'kind', guard.survivor_of((r ->> 'member_id')::bigint)) end
      from (select guard.survivor_of((r ->> 'person_id')::bigint) as one, guard.survivor_of((r ->> 'relative_id')::bigint) as two) people
$$;

create function guard.days_of(r jsonb) returns daterange language sql immutable as
$$ select daterange((r ->> 'from_on')::date, (r ->> 'until_on')::date) $$;

-- Write down, for each row that was folded away, the row that stood in its way: one of the survivor's, or one that a later merge folded too.
-- Returns how many were found.
create function guard.find_where_folded() returns integer language plpgsql set search_path = public, pg_temp as $$
declare
    entry record;
    kept bigint;
    found integer := 0;
begin
    for entry in select e.id, e.table_name, e.row_id, e.before, m.survivor_id,
                        case e.table_name when 'people_parentalresponsibility' then array['child_id', 'holder_id']
                                          when 'relationships_relationship' then array['person_id', 'relative_id']
                                          when 'relationships_networktie' then array['member_id'] else array['person_id'] end as people
                   from matching_moved e join matching_merge m on m.id = e.merge_id and m.undone_at is null
                  where e.what = 'folded' and not e.is_undone and coalesce(e.after, 'null') = 'null'
                    and guard.said_by(e.table_name, e.before) is not null order by e.id
    loop
        execute format(
            'select c.id from (
                select l.row_id as id, l.before as r, true as later from matching_moved l
                 where l.what = ''folded'' and not l.is_undone and l.table_name = %1$L and l.id > $2
                   and exists (select from unnest($4) p where (l.before ->> p)::bigint = $5)
                union all
                select t.id, to_jsonb(t), false from %1$s t where (%2$s)) c
              where guard.said_by(%1$L, c.r) = guard.said_by(%1$L, $1) and guard.days_of(c.r) && guard.days_of($1)
              order by c.later desc, c.id limit 1',
            entry.table_name, (select string_agg(format('t.%I = $3', p), ' or ') from unnest(entry.people) p))
          into kept using entry.before, entry.id, guard.survivor_of(entry.survivor_id), entry.people, entry.survivor_id;
        continue when kept is null;
        update matching_moved e set after = to_jsonb(kept) where e.id = entry.id;
        found := found + 1;
    end loop;
    return found;
end $$;

revoke execute on function guard.said_by(text, jsonb), guard.days_of(jsonb), guard.find_where_folded() from public;
