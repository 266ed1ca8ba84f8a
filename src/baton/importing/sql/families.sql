create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('people_family', 'id')) as record_id
  from (select id, source_id, told, digest from importing_staged
         where run_id = %(run)s and kind = 'family' and outcome = 'new' and id > %(after)s and id %% %(lanes)s = %(lane)s
         order by id limit %(batch)s) x;

insert into people_family (id, name, team_id, created_at)
select t.record_id, left(coalesce(t.told ->> 'name', named.name, 'Not known'), 120), coalesce((t.told ->> 'team')::bigint, held.team, %(team)s::bigint), %(at)s
  from taken t
  left join lateral (select mode() within group (order by p.told ->> 'family_name') as name from importing_staged m
                       join importing_staged p on p.run_id = m.run_id and p.kind = 'person' and p.source_id = m.person_ref
                      where m.run_id = %(run)s and m.kind = 'membership' and m.family_ref = t.source_id and p.told ->> 'family_name' <> '') named on true
  left join lateral (select (e.told ->> 'team')::bigint as team from importing_staged e
                      where e.run_id = %(run)s and e.kind = 'episode' and e.family_ref = t.source_id and e.outcome <> 'stopped'
                      order by e.told ->> 'started_on' desc limit 1) held on true;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, told, digest, digest_before)
select %(run)s, %(source)s, 'family', source_id, 'people_family', record_id, record_id, told, digest, '' from taken;
