create temporary table taken on commit drop as
select s.id, k.id as key, k.record_id, k.told as was, s.told as now, s.digest
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'family' and k.source_id = s.source_id
 where s.run_id = %(run)s and s.kind = 'family' and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

update importing_staged s set findings = s.findings || '[["left out", "name", "the name changed there; it was changed in Baton too, and stays"]]'::jsonb
  from taken t join people_family f on f.id = t.record_id
 where s.id = t.id and t.was ->> 'name' is distinct from t.now ->> 'name' and t.was ->> 'name' <> f.name;

update importing_staged s set findings = s.findings || d.said
  from (select t.id, jsonb_agg(jsonb_build_array('left out', f.field, f.field || ' changed in the other system; what Baton has stays') order by f.field) as said
          from taken t join importing_staged m on m.id = t.id
          join importing_sourcerecord k on k.source = %(source)s and k.kind = 'family' and k.source_id = m.source_id
         cross join unnest(array['team']) f(field) where k.told -> f.field is distinct from m.told -> f.field group by t.id) d
 where d.id = s.id;

update people_family f set name = t.now ->> 'name' from taken t
 where f.id = t.record_id and t.now ->> 'name' <> f.name and coalesce(t.was ->> 'name', f.name) = f.name;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
