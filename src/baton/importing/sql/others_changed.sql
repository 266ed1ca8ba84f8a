create temporary table taken on commit drop as
select s.id, s.kind, k.id as key, k.record_id, s.told as now, s.digest
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = s.kind and k.source_id = s.source_id
 where s.run_id = %(run)s and s.kind in ('request', 'relationship') and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

update importing_staged s set findings = s.findings || '[["left out", "id", "a request stays as it was brought: correct it in Baton"]]'::jsonb
  from taken t where s.id = t.id and t.kind = 'request';

update importing_staged s set findings = s.findings || '[["left out", "from_on", "changed in the other system; it was changed in Baton too, and stays"]]'::jsonb
  from taken t join relationships_relationship r on r.id = t.record_id
 where s.id = t.id and t.kind = 'relationship' and (r.version > 1 or r.struck_at is not null);

update relationships_relationship r set note = coalesce(t.now ->> 'note', ''), from_on = (t.now ->> 'from_on')::date, until_on = (t.now ->> 'until_on')::date,
       standing = case when t.now ->> 'until_on' is null then r.standing else 'over' end, version = r.version + 1
  from taken t where t.kind = 'relationship' and r.id = t.record_id and r.version = 1 and r.struck_at is null;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
