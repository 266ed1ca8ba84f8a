-- All at once: one of them may need the days that another gives up.
create temporary table taken on commit drop as
select s.id, k.id as key, k.record_id, k.person_id, k.family_id, s.person_ref, s.told as now, s.digest, now.*,
       r.version = 1 and (r.from_on, r.until_on) is not distinct from ((k.told ->> 'from_on')::date, (k.told ->> 'until_on')::date) as comes
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'home' and k.source_id = s.source_id
  join people_residence r on r.id = k.record_id
 cross join lateral (select coalesce(s.told ->> 'address', '') as lines, coalesce(s.told ->> 'postcode', '') as postcode, coalesce(s.told ->> 'uprn', '') as uprn,
                            coalesce(s.told ->> 'kind', 'main') as kind, (s.told ->> 'from_on')::date as from_on, (s.told ->> 'until_on')::date as until_on) now
 where s.run_id = %(run)s and s.kind = 'home' and s.outcome = 'changed' and s.id > %(after)s;

-- Where Baton says otherwise of somebody's homes, all of them stay.
create temporary table differing on commit drop as
select t.person_id from taken t where not t.comes
union
select t.person_id from taken t join people_residence r on r.person_id = t.person_id and daterange(r.from_on, r.until_on) && daterange(t.from_on, t.until_on)
  join people_address a on a.id = r.address_id
 where r.id not in (select record_id from taken)
   and (r.kind = 'main' and not r.is_shared_care and t.kind = 'main' or (a.lines, a.postcode, a.uprn) = (t.lines, t.postcode, t.uprn));

update taken t set comes = t.person_id not in (select person_id from differing);

update importing_staged s set findings = s.findings || jsonb_build_array(case when t.comes then '["note", "from_on", "changed in the other system"]'::jsonb
       else '["left out", "from_on", "changed in the other system; Baton says otherwise of their homes, and that stays"]'::jsonb end)
  from taken t where s.id = t.id;

insert into people_address (family_id, lines, postcode, uprn)
select distinct t.family_id, t.lines, t.postcode, t.uprn from taken t
 where t.comes and not exists (select from people_address a where a.family_id = t.family_id and (a.lines, a.postcode, a.uprn) = (t.lines, t.postcode, t.uprn));

-- Out of each other's way: no days at all, before the new ones.
update people_residence r set from_on = %(today)s::date, until_on = %(today)s::date from taken t where r.id = t.record_id and t.comes;

update people_residence r set address_id = a.id, kind = t.kind, from_on = t.from_on, until_on = t.until_on
  from taken t join lateral (select a.id from people_address a where a.family_id = t.family_id and (a.lines, a.postcode, a.uprn) = (t.lines, t.postcode, t.uprn)
                              order by a.id limit 1) a on true
 where r.id = t.record_id and t.comes;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;

-- Where they live today is repeated on the person; who has homes to come is left to them.
update people_person p set address = coalesce(n.lines, ''), postcode = coalesce(n.postcode, ''), changed_by_id = %(by)s::bigint, version = p.version + 1
  from (select distinct person_id, person_ref from taken where comes) t
  left join lateral (select a.lines, a.postcode from people_residence r join people_address a on a.id = r.address_id
                      where r.person_id = t.person_id and r.kind = 'main' and coalesce(r.from_on, '-infinity') <= %(today)s::date
                        and coalesce(r.until_on, 'infinity') > %(today)s::date order by r.from_on desc nulls last, r.id desc limit 1) n on true
 where p.id = t.person_id and (p.address, p.postcode) <> (coalesce(n.lines, ''), coalesce(n.postcode, ''))
   and not exists (select from importing_staged m where m.run_id = %(run)s and m.kind = 'home' and m.person_ref = t.person_ref and m.outcome = 'new');
