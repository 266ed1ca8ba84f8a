create temporary table taken on commit drop as
select s.id, k.id as key, s.told as now, s.digest
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'event' and k.source_id = s.source_id
 where s.run_id = %(run)s and s.kind = 'event' and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

update episodes_event v set kind = t.now ->> 'kind', at = ((t.now ->> 'on')::date + time '12:00') at time zone 'Europe/London',
       summary = coalesce(t.now ->> 'summary', %(from)s::text)
  from taken t where v.record = 'importing_sourcerecord' and v.record_id = t.key;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
