-- Requests for help that became nobody's record: kept for their own time, reviewed one by one, and disposed of like a family's record.

-- Requests that belong to no family, with when they were answered and what stands against disposing of them; only those answered before a day,
-- or one. None in which somebody is named whom only families closed to the officer know.
create function guard.kept_requests(answered_before date, only_this bigint)
returns table (id bigint, reference text, surnames text, answered_on date, holds integer, open_requests integer)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.id, r.reference::text,
           coalesce((select string_agg(distinct n.family_name, ' and ') from requests_requestperson n where n.request_id = r.id and n.part = 'child'), ''),
           (r.screened_at at time zone 'Europe/London')::date,
           (select count(*)::int from rights_hold h where h.ended_at is null and h.family_id in (
               select m.family_id from requests_requestperson n join people_familymember m on m.person_id = n.person_id where n.request_id = r.id)),
           (select count(distinct a.id)::int from rights_accessrequest a join rights_subject s on s.request_id = a.id
               join requests_requestperson n on n.person_id = s.person_id where a.answered_on is null and n.request_id = r.id)
      from requests_helprequest r
     where guard.has_role('governance') and r.family_id is null
       and (r.id = only_this or (only_this is null and (r.screened_at at time zone 'Europe/London')::date < answered_before))
       and not exists (select from requests_requestperson n where n.request_id = r.id and n.person_id = any(guard.closed_person_ids()))
     order by 4, 1
$$;

-- What of a certificate is sealed. Those made before requests had one say nothing of a reference, as they did when they were sealed.
create or replace function guard.sealed(d rights_disposal) returns bytea language sql stable set timezone = 'UTC' as $$
    select sha256(convert_to(jsonb_build_array('gone', case d.reference when '' then to_jsonb(d) - 'reference' else to_jsonb(d) end)::text, 'UTF8'))
$$;

create or replace function guard.faults_of_disposals() returns table (disposal bigint, fault text)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id, 'the kept hashes of what it disposed of changed' from rights_disposal d where d.entries_hash <> guard.hash_of_disposed(d.id)
    union all
    select d.id, 'nobody approved it' from rights_disposal d
     where d.approved_by_id = d.decided_by_id
        or not exists (select from platform_auditentry a
                        where a.action = case when d.reference = '' then 'approve_disposal' else 'approve_request_disposal' end
                          and a.by_id = d.approved_by_id and a.transaction = d.transaction and a.record = 'rights_disposal' and a.record_id = d.id)
    order by 1, 2
$$;

-- Dispose of a request that belongs to no family: decided by one officer, approved by another, who asks. Returns the id of the certificate.
create function guard.dispose_request(review bigint, at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    decided rights_requestreview;
    asked requests_helprequest;
    removed record;
    disposal bigint;
    since bigint;
    kept integer;
begin
    select * into decided from rights_requestreview r
     where r.id = review and r.decision = 'dispose' and r.taken_back_at is null for update;
    select * into asked from requests_helprequest r where r.id = decided.request_id for update;
    if not guard.has_role('governance') or asked.id is null or decided.decided_by_id = guard.user_id()
       or asked.family_id is not null
       or exists (select from requests_requestperson n where n.request_id = asked.id and n.person_id = any(guard.closed_person_ids())) then
        raise exception 'not for this person' using errcode = 'BR001';
    end if;
    if asked.screened_at is null or exists (select from guard.kept_requests(null, asked.id) k where k.holds > 0 or k.open_requests > 0) then
        raise exception 'something stands against it' using errcode = 'BR003';
    end if;
    select coalesce(max(c.id), 0) into since from platform_change c;
    drop table if exists pg_temp.gone;
    create temporary table gone (tbl text, row_id bigint, primary key (tbl, row_id)) on commit drop;
    insert into pg_temp.gone values ('requests_helprequest', asked.id);
    insert into pg_temp.gone select 'requests_requestperson', n.id from requests_requestperson n where n.request_id = asked.id;
    insert into pg_temp.gone select 'rights_requestreview', r.id from rights_requestreview r where r.request_id = asked.id;
    delete from platform_draft d where d.path like '/requests/' || asked.id || '/%';
    select * into removed from guard.remove_what_goes();
    insert into rights_disposal (number, reference, rule, rule_title, rule_source, until, decided_at, decided_by_id, approved_at, approved_by_id, counts,
                                 people, history, hash, entries_hash, recorded_at, transaction)
    values (null, asked.reference, decided.rule, decided.rule_title, decided.rule_source, decided.until, decided.decided_at, decided.decided_by_id, at,
            guard.user_id(), removed.counts, (removed.counts ->> 'requests_requestperson')::int, 0, removed.hash, '', now(), guard.transaction_id())
    returning id into disposal;
    kept := guard.remove_history(null, disposal, since);
    update rights_disposal d set history = kept, entries_hash = guard.hash_of_disposed(disposal) where d.id = disposal;
    delete from platform_change c where c.id > since and c.record = 'rights_disposal' and c.kind = 'changed' and c.transaction = guard.transaction_id();
    set constraints all immediate;
    return disposal;
end $$;
