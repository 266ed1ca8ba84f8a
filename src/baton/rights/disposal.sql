-- Disposing of a family's record. It is told apart from tampering like this: of every entry of history that goes, its hash stays
-- (rights_disposedentry), so that the chain of seals still holds; the certificate carries a hash over those hashes; the certificate is sealed
-- itself, and stands in one transaction with the audit entry of the person who approved. An entry that is missing without all of that is a
-- fault, as before (docs/decisions, "Disposal and the seals").

create table rights_disposedentry (
    kind varchar(6) not null check (kind in ('access', 'change')),
    entry_id bigint not null,
    recorded_at timestamptz not null,
    entry bytea not null,                       -- the hash that was sealed; it says nothing of what the entry said
    disposal_id bigint not null references rights_disposal deferrable initially deferred,
    primary key (kind, entry_id)
);
create index disposed_by_disposal on rights_disposedentry (disposal_id);
alter table rights_disposedentry enable row level security;
create policy governance on rights_disposedentry for select using ((select guard.has_role('governance')));
revoke insert, update, delete, truncate on rights_disposedentry, rights_disposal from public, baton_app;

alter table platform_link drop constraint platform_link_kind_check;
alter table platform_link add constraint platform_link_kind_check check (kind in ('audit', 'access', 'change', 'gone')) not valid;  -- wider than before: old rows keep to it

-- What of an entry is sealed, as in platform/seals.sql.
create function guard.sealed(c platform_change) returns bytea language sql stable set timezone = 'UTC' as $$
    select sha256(convert_to(jsonb_build_array('change', c.id, c.recorded_at, c.transaction,
           c.at, c.by_id, c.login, c.action, c.record, c.record_id, c.family_id, c.kind, c.before, c.after)::text, 'UTF8'))
$$;
create function guard.sealed(a platform_accessentry) returns bytea language sql stable set timezone = 'UTC' as $$
    select sha256(convert_to(jsonb_build_array('access', a.id, a.recorded_at, a.at, a.by_id, a.roles, a.family_id, a.what, a.why)::text, 'UTF8'))
$$;
create function guard.sealed(d rights_disposal) returns bytea language sql stable set timezone = 'UTC' as $$
    select sha256(convert_to(jsonb_build_array('gone', to_jsonb(d))::text, 'UTF8'))
$$;

create or replace function guard.entries(earliest timestamptz, latest timestamptz)
returns table (kind text, id bigint, recorded_at timestamptz, entry bytea)
language sql stable set timezone = 'UTC' set search_path = public, pg_temp as $$
    select 'audit', a.id, a.recorded_at, sha256(convert_to(jsonb_build_array('audit', a.id, a.recorded_at, a.transaction,
           a.at, a.by_id, a.roles, a.action, a.family_id, a.record, a.record_id)::text, 'UTF8'))
      from platform_auditentry a where a.recorded_at >= earliest and a.recorded_at < latest
    union all
    select 'access', a.id, a.recorded_at, guard.sealed(a) from platform_accessentry a where a.recorded_at >= earliest and a.recorded_at < latest
    union all
    select 'change', c.id, c.recorded_at, guard.sealed(c) from platform_change c where c.recorded_at >= earliest and c.recorded_at < latest
    union all
    select 'gone', d.id, d.recorded_at, guard.sealed(d) from rights_disposal d where d.recorded_at >= earliest and d.recorded_at < latest
    union all
    select e.kind, e.entry_id, e.recorded_at, e.entry from rights_disposedentry e where e.recorded_at >= earliest and e.recorded_at < latest
$$;

create function guard.hash_of_disposed(disposal bigint) returns text language sql stable set search_path = public, pg_temp as $$
    select encode(sha256(convert_to(coalesce(string_agg(concat_ws(':', e.kind, e.entry_id, encode(e.entry, 'hex')), ',' order by e.kind, e.entry_id), ''),
                                    'UTF8')), 'hex')
      from rights_disposedentry e where e.disposal_id = disposal
$$;

-- Every certificate that is not as it was made: its kept hashes changed, or nobody approved it.
create function guard.faults_of_disposals() returns table (disposal bigint, fault text)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id, 'the kept hashes of what it disposed of changed' from rights_disposal d where d.entries_hash <> guard.hash_of_disposed(d.id)
    union all
    select d.id, 'nobody approved it' from rights_disposal d
     where d.approved_by_id = d.decided_by_id
        or not exists (select from platform_auditentry a where a.action = 'approve_disposal' and a.by_id = d.approved_by_id
                          and a.transaction = d.transaction and a.record = 'rights_disposal' and a.record_id = d.id)
    order by 1, 2
$$;
revoke execute on function guard.faults_of_disposals, guard.hash_of_disposed from public;

-- The people who go with a family: whom nothing outside of it refers to.
create function guard.known_only_to(family bigint) returns bigint[]
language plpgsql volatile set search_path = public, pg_temp as $$
declare
    each record;
    few bigint[];
    candidates bigint[];
    staying bigint[] := '{}';
    before integer;
begin
    select array_agg(p.id) into candidates from people_person p where p.first_family_id = family;
    for each in select a.tbl, a.col from guard.about_people() a where a.whom = 'person' and guard.has_column(a.tbl, 'family_id') loop
        execute format('select array_agg(distinct %I) from %s where family_id = $1 and %1$I is not null', each.col, each.tbl) into few using family;
        candidates := candidates || coalesce(few, '{}');
    end loop;
    select array_agg(distinct m.merged_id) into few from matching_merge m where m.survivor_id = any(candidates);
    candidates := candidates || coalesce(few, '{}');
    select array_agg(p.id) into staying from people_person p where p.id = any(candidates) and p.first_family_id <> family;
    for each in select a.tbl, a.col from guard.about_people() a
                 where a.whom = 'person' and guard.has_column(a.tbl, 'family_id') and a.tbl not like 'rights\_%' loop
        execute format('select array_agg(distinct %I) from %s where family_id <> $1 and %1$I = any($2)', each.col, each.tbl)
           into few using family, candidates;
        staying := coalesce(staying, '{}') || coalesce(few, '{}');
    end loop;
    select array_agg(distinct n.person_id) into few from requests_requestperson n join requests_helprequest r on r.id = n.request_id
     where r.family_id <> family and n.person_id = any(candidates);
    staying := coalesce(staying, '{}') || coalesce(few, '{}');
    loop  -- records that were joined stay or go together
        before := cardinality(staying);
        select array_agg(distinct x) into staying from (
            select unnest(staying) as x
            union select m.merged_id from matching_merge m where m.survivor_id = any(staying) and m.merged_id = any(candidates)
            union select m.survivor_id from matching_merge m where m.merged_id = any(staying) and m.survivor_id = any(candidates)) s;
        exit when coalesce(cardinality(staying), 0) = coalesce(before, 0);
    end loop;
    return array(select distinct c from unnest(candidates) c where c <> all(coalesce(staying, '{}')));
end $$;

-- Every row that goes with a family and with the people only it knows, into pg_temp.gone: found in the catalogue, and from there along every key.
create function guard.find_what_goes(family bigint, people bigint[]) returns void
language plpgsql volatile set search_path = public, pg_temp as $$
declare
    each record;
    added integer;
    total integer;
begin
    drop table if exists pg_temp.gone;
    create temporary table gone (tbl text, row_id bigint, primary key (tbl, row_id)) on commit drop;
    insert into pg_temp.gone values ('people_family', family);
    insert into pg_temp.gone select 'people_person', unnest(people);
    insert into pg_temp.gone select distinct 'requests_helprequest', r.id from requests_helprequest r join requests_requestperson n on n.request_id = r.id
     where r.family_id is null and n.person_id = any(people);
    insert into pg_temp.gone select 'rights_accessrequest', r.id from rights_accessrequest r
     where exists (select from rights_subject s where s.request_id = r.id and s.person_id = any(people))
       and not exists (select from rights_subject s where s.request_id = r.id and s.person_id <> all(people));
    insert into pg_temp.gone select 'rights_release', c.id from rights_release c
     where family = any(c.families) or exists (select from rights_subject s where s.request_id = c.request_id and s.person_id = any(people))
        on conflict do nothing;
    insert into pg_temp.gone select 'rights_item', i.id from rights_item i
     where exists (select from rights_subject s where s.request_id = i.request_id and s.person_id = any(people))
        or exists (select from rights_item o where o.request_id = i.request_id and o.family_id = family);
    insert into pg_temp.gone select 'matching_merge', m.id from matching_merge m where m.survivor_id = any(people) or m.merged_id = any(people);
    loop
        total := 0;
        for each in select k.* from guard.keys_between() k
                     where exists (select from pg_temp.gone g where g.tbl = k.target) and guard.has_column(k.tbl, 'id')
                       and k.tbl || '.' || k.col <> all(array['people_person.first_family_id', 'people_address.family_id']) loop
            execute format('insert into pg_temp.gone select %1$L, t.id from %1$s t join pg_temp.gone g on g.tbl = %2$L and g.row_id = t.%3$I
                            on conflict do nothing', each.tbl, each.target, each.col);
            get diagnostics added = row_count;
            total := total + added;
        end loop;
        exit when total = 0;
    end loop;
    -- An address goes when nobody who stays lives or lived there.
    insert into pg_temp.gone select 'people_address', a.id from people_address a where a.family_id = family
       and not exists (select from people_residence r where r.address_id = a.id and r.person_id <> all(people));
    -- What a merge kept of rows that go.
    insert into pg_temp.gone select 'matching_moved', v.id from matching_moved v join pg_temp.gone g on g.tbl = v.table_name and g.row_id = v.row_id
        on conflict do nothing;
    for each in select distinct g.tbl from pg_temp.gone g where guard.has_column(g.tbl, 'family_id') loop
        execute format('select count(*) from %1$s t join pg_temp.gone g on g.tbl = %1$L and g.row_id = t.id where t.family_id <> $1',
                       each.tbl) into added using family;
        if added > 0 then raise exception '% rows of % are another family''s', added, each.tbl using errcode = 'BR002'; end if;
    end loop;
end $$;

-- Remove what pg_temp.gone names; says how many rows of which table, and a hash over all of them.
create function guard.remove_what_goes(out counts jsonb, out hash text)
language plpgsql volatile set search_path = public, pg_temp as $$
declare
    each record;
    told text;
    said text := '';
begin
    counts := '{}';
    set constraints all deferred;
    for each in select g.tbl, count(*)::int as rows from pg_temp.gone g group by g.tbl order by g.tbl loop
        execute format('select encode(sha256(convert_to(string_agg(t::text, ''|'' order by t.id), ''UTF8'')), ''hex'')
                          from %1$s t join pg_temp.gone g on g.tbl = %1$L and g.row_id = t.id', each.tbl) into told;
        said := said || each.tbl || ':' || coalesce(told, '') || ';';
        counts := counts || jsonb_build_object(each.tbl, each.rows);
    end loop;
    for each in select distinct g.tbl from pg_temp.gone g loop
        execute format('delete from %1$s t using pg_temp.gone g where g.tbl = %1$L and g.row_id = t.id', each.tbl);
    end loop;
    hash := encode(sha256(convert_to(said, 'UTF8')), 'hex');
end $$;

-- Keep the hash of every entry of history that goes, and remove it: of rows that went, and of the family's earlier ones, but not of people who stay.
create function guard.remove_history(family bigint, disposal bigint, since bigint) returns integer
language plpgsql volatile set search_path = public, pg_temp as $$
declare
    each record;
    kept integer;
begin
    delete from platform_change c where c.id > since and c.transaction = guard.transaction_id() and (c.kind = 'removed' or c.family_id = family);
    drop table if exists pg_temp.past;
    create temporary table past (id bigint primary key) on commit drop;
    insert into pg_temp.past select c.id from platform_change c join pg_temp.gone g on g.tbl = c.record and g.row_id = c.record_id;
    for each in select distinct c.record from platform_change c where c.family_id = family and to_regclass(c.record) is not null loop
        -- A row that is still there is somebody's who stays; one that is not was the family's, or was taken back of somebody who stays.
        execute format('insert into pg_temp.past select c.id from platform_change c
                         where c.family_id = $1 and c.record = %1$L and not exists (select from %1$s t where t.id = c.record_id)
                           and (guard.has_column(%1$L, ''family_id'') or c.before ->> ''person_id'' is null
                                or not exists (select from people_person p where p.id = (c.before ->> ''person_id'')::bigint))
                         on conflict do nothing', each.record) using family;
    end loop;
    insert into rights_disposedentry (kind, entry_id, recorded_at, entry, disposal_id)
    select 'change', c.id, c.recorded_at, guard.sealed(c), disposal from platform_change c join pg_temp.past o on o.id = c.id
    union all
    -- What somebody said why they looked may name people.
    select 'access', a.id, a.recorded_at, guard.sealed(a), disposal from platform_accessentry a where a.family_id = family and a.why <> '';
    get diagnostics kept = row_count;
    delete from platform_change c using pg_temp.past o where o.id = c.id;
    delete from platform_accessentry a where a.family_id = family and a.why <> '';
    return kept;
end $$;

-- Dispose of a family's record: decided by one officer, approved by another, who asks. Refuses whatever page let it through: while a hold
-- stands, while work or a request is open, and where rows of another family would go. Returns the id of the certificate.
create function guard.dispose_family(review bigint, at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    decided rights_retentionreview;
    family bigint;
    people bigint[];
    removed record;
    disposal bigint;
    since bigint;
    kept integer;
begin
    select * into decided from rights_retentionreview r
     where r.id = review and r.decision = 'dispose' and r.taken_back_at is null for update;
    family := decided.family_id;
    if not guard.has_role('governance') or family is null or decided.decided_by_id = guard.user_id() or family = any(guard.closed_ids()) then
        raise exception 'not for this person' using errcode = 'BR001';
    end if;
    perform 1 from people_family f where f.id = family for update;
    people := guard.known_only_to(family);
    if exists (select from rights_hold h where h.family_id = family and h.ended_at is null)
       or exists (select from episodes_episode e where e.family_id = family and e.ended_at is null)
       or exists (select from requests_helprequest r where r.family_id = family and r.screened_at is null)
       or exists (select from rights_subject s join rights_accessrequest r on r.id = s.request_id and r.answered_on is null
                   where s.person_id = any(people)
                      or s.person_id in (select m.person_id from people_familymember m where m.family_id = family)) then
        raise exception 'something stands against it' using errcode = 'BR003';
    end if;
    select coalesce(max(c.id), 0) into since from platform_change c;
    perform guard.find_what_goes(family, people);
    delete from matching_searchedname s where s.person_id = any(people);
    delete from matching_searchedkey s where s.person_id = any(people);
    delete from matching_searchedperson s where s.person_id = any(people);
    delete from platform_draft d where d.path like '/families/' || family || '/%';
    select * into removed from guard.remove_what_goes();
    update people_address a set family_id = (select p.first_family_id from people_residence r join people_person p on p.id = r.person_id
                                              where r.address_id = a.id and p.first_family_id <> family order by r.id limit 1)
     where a.family_id = family;
    update people_person p set first_family_id = (select m.family_id from people_familymember m where m.person_id = p.id order by m.id limit 1)
     where p.first_family_id = family;
    insert into rights_disposal (number, rule, rule_title, rule_source, until, decided_at, decided_by_id, approved_at, approved_by_id, counts, people,
                                 history, hash, entries_hash, recorded_at, transaction)
    values (family, decided.rule, decided.rule_title, decided.rule_source, decided.until, decided.decided_at, decided.decided_by_id, at,
            guard.user_id(), removed.counts, cardinality(people), 0, removed.hash, '', now(), guard.transaction_id())
    returning id into disposal;
    kept := guard.remove_history(family, disposal, since);
    update rights_disposal d set history = kept, entries_hash = guard.hash_of_disposed(disposal) where d.id = disposal;
    delete from platform_change c where c.id > since and c.record = 'rights_disposal' and c.kind = 'changed' and c.transaction = guard.transaction_id();
    set constraints all immediate;
    return disposal;
end $$;

revoke execute on function guard.known_only_to, guard.find_what_goes, guard.remove_what_goes, guard.remove_history from public;
