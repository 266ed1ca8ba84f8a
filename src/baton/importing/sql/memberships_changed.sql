create temporary table taken on commit drop as
select s.id, k.id as key, k.record_id, k.told as was, s.told as now, s.digest
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'membership' and k.source_id = s.source_id
 where s.run_id = %(run)s and s.kind = 'membership' and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

update importing_staged s set findings = s.findings || d.said
  from (select t.id, jsonb_agg(jsonb_build_array('left out', f.field, f.field || ' changed in the other system; what Baton has stays') order by f.field) as said
          from taken t join importing_staged m on m.id = t.id
          join importing_sourcerecord k on k.source = %(source)s and k.kind = 'membership' and k.source_id = m.source_id
         cross join unnest(array['from_on']) f(field) where k.told -> f.field is distinct from m.told -> f.field group by t.id) d
 where d.id = s.id;

update people_familymember m set
       part = case when m.part = coalesce(t.was ->> 'part', m.part) then coalesce(t.now ->> 'part', m.part) else m.part end,
       relationship = case when m.relationship = coalesce(t.was ->> 'relationship', '') then coalesce(t.now ->> 'relationship', '') else m.relationship end,
       lives_with_family = coalesce((t.now ->> 'lives_with_family')::boolean, m.lives_with_family),
       until_on = case when m.until_on is null or m.until_on = greatest((t.was ->> 'until_on')::date, m.from_on)
                       then greatest((t.now ->> 'until_on')::date, case when t.now ->> 'until_on' is not null then m.from_on end) else m.until_on end
  from taken t where m.id = t.record_id;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
