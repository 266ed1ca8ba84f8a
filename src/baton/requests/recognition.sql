-- Whether the people of a request are known, for a whole page of the hub's queue at once. Under row security each of many
-- candidate rows would be asked for by itself; these functions of the owner answer the hub, and nobody else, with ids only.

create index person_by_birth_and_name on people_person (date_of_birth, lower(family_name));

-- The people of a request as their names are compared: in small letters.
create function guard.named_in(requests bigint[])
returns table (request_id bigint, part text, person_id bigint, born date, given text, family text)
language sql stable set search_path = public, pg_temp as $$
    select p.request_id, p.part, p.person_id, p.date_of_birth, lower(p.given_name), lower(p.family_name)
      from requests_requestperson p where p.request_id = any(requests)
$$;

-- Requests that name somebody we know: somebody linked, or of the same name and date of birth; and whether help is under way.
create function guard.known_in(requests bigint[]) returns table (request_id bigint, under_way boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not guard.has_role('hub_adviser') then return; end if;
    return query
    with named as materialized (select * from guard.named_in(requests)),
    matched as (
        select n.request_id, n.person_id from named n where n.person_id is not null
        union
        select n.request_id, k.id from named n join people_person k on k.date_of_birth = n.born
         where lower(k.family_name) = n.family and n.given in (lower(k.given_name), lower(k.known_as))
    )
    select m.request_id, bool_or(exists (select 1 from episodes_episode e
                                          where e.family_id = b.family_id and e.state in ('waiting', 'open')))
      from matched m join people_familymember b on b.person_id = m.person_id and b.until_on is null
       and b.family_id <> all(guard.closed_ids())
     group by m.request_id;
end $$;

-- The earlier requests about the same people: linked to the same person, or children of the same name and date of birth.
create function guard.earlier_than(requests bigint[], months integer) returns table (request_id bigint, earlier_id bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not guard.has_role('hub_adviser') then return; end if;
    return query
    with named as materialized (select * from guard.named_in(requests)),
    matched as (
        select n.request_id, q.request_id as other_id
          from named n join requests_requestperson q on q.person_id = n.person_id and q.request_id <> n.request_id
        union
        select n.request_id, q.request_id
          from named n join requests_requestperson q on q.date_of_birth = n.born and q.request_id <> n.request_id
         where n.part = 'child' and q.part = 'child' and lower(q.family_name) = n.family and lower(q.given_name) = n.given
    )
    select m.request_id, e.id
      from matched m join requests_helprequest r on r.id = m.request_id join requests_helprequest e on e.id = m.other_id
     where (e.family_id is null or e.family_id <> all(guard.closed_ids()))
       and e.received_at <= r.received_at and e.received_at >= r.received_at - make_interval(months => months)
     order by e.received_at desc;
end $$;
