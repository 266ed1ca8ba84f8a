-- Everything held on somebody, found in PostgreSQL's own catalogue, so that a new table cannot be forgotten. What a closed family's record
-- says stays out, unless the officer is named for it; and the people named are told of the request, which nobody else learns.

-- Every column by which a row is about a person or a family. `people_person` and `people_family` are about themselves.
create function guard.about_people() returns table (tbl text, col text, whom text)
language sql stable set search_path = public, pg_temp as $$
    select c.conrelid::regclass::text, a.attname::text,
           case c.confrelid when 'people_person'::regclass then 'person' else 'family' end
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid in ('people_person'::regclass, 'people_family'::regclass)
       and c.connamespace = 'public'::regnamespace
    union select c.oid::regclass::text, a.attname::text, 'family'
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'family_id' and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    union values ('people_person', 'id', 'person'), ('people_family', 'id', 'family')
$$;

-- Keys from one table of ours to another.
create function guard.keys_between() returns table (tbl text, col text, target text)
language sql stable set search_path = public, pg_temp as $$
    select c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace
$$;

create function guard.has_column(tbl text, col text) returns boolean language sql stable set search_path = public, pg_temp as
$$ select exists (select from pg_attribute a where a.attrelid = tbl::regclass and a.attname = col and not a.attisdropped) $$;

-- The people an open request is about, with the records that were merged into theirs.
create function guard.subjects_of(request bigint) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    with recursive whole as (
        select s.person_id as id from rights_subject s join rights_accessrequest r on r.id = s.request_id and r.answered_on is null
         where s.request_id = subjects_of.request and guard.has_role('governance') and s.person_id <> all(guard.closed_person_ids())
        union select m.merged_id from whole w join matching_merge m on m.survivor_id = w.id and m.undone_at is null
    ) select coalesce(array_agg(id), '{}') from whole
$$;

-- Every row about them: theirs, their families', what theirs point to (an address, a request), and what hangs on those rows.
-- `left_out` are tables, or columns ("table.column"), each of which says why in baton.rights.queries.gathering.
create function guard.gather(request bigint, left_out text[])
returns table (tbl text, row_id bigint, family_id bigint, direct boolean, whole jsonb)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    subjects bigint[] := guard.subjects_of(request);
    closed bigint[] := guard.closed_ids();
    families bigint[];
    each record;
begin
    if subjects = '{}' then return; end if;
    select array_agg(distinct f.id) into families from (
        select m.family_id as id from people_familymember m where m.person_id = any(subjects)
        union select p.first_family_id from people_person p where p.id = any(subjects)) f where f.id <> all(closed);
    drop table if exists pg_temp.found;
    create temporary table found (tbl text, row_id bigint, direct boolean, primary key (tbl, row_id)) on commit drop;
    for each in select a.tbl, a.col, a.whom from guard.about_people() a
                 where a.tbl <> all(left_out) and a.tbl || '.' || a.col <> all(left_out) order by a.whom desc, a.tbl loop
        execute format('insert into pg_temp.found select %L, id, %L from %s where %I = any($1) on conflict do nothing',
                       each.tbl, each.whom = 'person', each.tbl, each.col)
          using case each.whom when 'person' then subjects else families end;
    end loop;
    for each in select k.* from guard.keys_between() k
                 where exists (select from pg_temp.found f where f.tbl = k.tbl and f.direct) and k.target <> all(left_out)
                   and k.target in (select a.tbl from guard.about_people() a) and k.target not in ('people_person', 'people_family') loop
        execute format('insert into pg_temp.found select %1$L, t.%2$I, false from %3$s t join pg_temp.found f on f.tbl = %3$L
                           and f.row_id = t.id and f.direct where t.%2$I is not null on conflict do nothing', each.target, each.col, each.tbl);
    end loop;
    for each in select k.* from guard.keys_between() k
                 where exists (select from pg_temp.found f where f.tbl = k.target) and k.tbl <> all(left_out)
                   and k.target not in ('people_person', 'people_family') and not guard.has_column(k.tbl, 'family_id') loop
        execute format('insert into pg_temp.found select %1$L, t.id, false from %1$s t join pg_temp.found f on f.tbl = %2$L
                           and f.row_id = t.%3$I on conflict do nothing', each.tbl, each.target, each.col);
    end loop;
    for each in select distinct f.tbl from pg_temp.found f order by f.tbl loop
        return query execute format(
            'select f.tbl, f.row_id, told.family, f.direct, to_jsonb(t) from pg_temp.found f join %1$s t on f.tbl = %1$L and t.id = f.row_id
              cross join lateral (select case when %1$L = ''people_family'' then t.id else (to_jsonb(t) ->> ''family_id'')::bigint end as family) told
              where (told.family is null or told.family <> all($1)) %2$s order by t.id',
            each.tbl, case each.tbl when 'platform_change' then 'and t.before is not null' else '' end) using closed;
    end loop;
end $$;

-- What people whom gathered rows name are called. Whom only closed families know has no name here.
create function guard.rights_names(request bigint, people bigint[]) returns table (id bigint, given text, family text, known_as text)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.given_name::text, p.family_name::text, p.known_as::text from people_person p
     where guard.subjects_of(rights_names.request) <> '{}' and p.id = any(people) and p.id <> all(guard.closed_person_ids())
$$;

-- Whether a request is about somebody whom only families closed to the asker know: what was gathered for it is hidden then.
create function guard.is_about_closed(request bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from rights_subject s where s.request_id = is_about_closed.request and s.person_id = any(guard.closed_person_ids()))
$$;

create function guard.is_named_for(family bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from governance_namedperson n join governance_restriction r on r.id = n.restriction_id and r.lifted_at is null
                    where n.family_id = family and n.user_id = guard.user_id() and n.until_at is null)
$$;

-- Notes for the people named, and for nobody else, that a request concerns a family that is restricted: it is about somebody who
-- belongs or belonged to it, or asks in words for somebody of that name and birthday. Says nothing back.
create function guard.tell_the_named(request bigint, given text, family text, birthday date) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    insert into rights_restrictedpart (request_id, family_id, noted_at)
    select distinct tell_the_named.request, m.family_id, guard.action_at()
      from governance_restriction r join people_familymember m on m.family_id = r.family_id join people_person p on p.id = m.person_id
     where r.lifted_at is null and guard.has_role('governance')
       and (p.id in (select s.person_id from rights_subject s where s.request_id = tell_the_named.request)
            or (p.date_of_birth = birthday and guard.plain(trim(given)) in (guard.plain(p.given_name), guard.plain(p.known_as))
                and guard.plain(trim(family)) = guard.plain(p.family_name)))
    on conflict do nothing
$$;

-- What somebody who is named for a restricted family reads of requests that concern it; a caseworker opens no request.
create function guard.requests_of_restricted() returns table (request bigint, family_id bigint, asked_by text, about text, received_on date)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.id, p.family_id, r.asked_by::text, r.about, r.received_on
      from rights_restrictedpart p join rights_accessrequest r on r.id = p.request_id and r.answered_on is null
     where guard.is_named_for(p.family_id) order by r.received_on, r.id
$$;
