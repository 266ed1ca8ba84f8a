create temporary table taken on commit drop as
select s.id, k.id as key, k.record_id, s.told as now, s.digest, i.version = 1 as comes
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'involvement' and k.source_id = s.source_id
  join people_involvement i on i.id = k.record_id
 where s.run_id = %(run)s and s.kind = 'involvement' and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

update importing_staged s set findings = s.findings || jsonb_build_array(case when t.comes then '["note", "id", "changed in the other system"]'::jsonb
       else '["left out", "id", "changed in the other system; it was changed in Baton too, and stays"]'::jsonb end)
  from taken t where s.id = t.id;

update people_involvement i set agency = coalesce(now ->> 'agency', 'other'), organisation = coalesce(now ->> 'organisation', 'Not in the extract'),
       professional = coalesce(now ->> 'professional', ''), role = coalesce(now ->> 'role', ''), phone = coalesce(now ->> 'phone', ''),
       email = coalesce(now ->> 'email', ''), what_for = coalesce(now ->> 'what_for', ''), from_on = (now ->> 'from_on')::date,
       until_on = (now ->> 'until_on')::date
  from taken t where i.id = t.record_id and t.comes;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
