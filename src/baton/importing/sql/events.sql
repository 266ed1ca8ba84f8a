create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('importing_sourcerecord', 'id')) as key
  from (select s.id, s.source_id, s.told, s.digest, e.record_id as episode_id, e.family_id
          from importing_staged s
          join importing_sourcerecord e on e.source = %(source)s and e.kind = 'episode' and e.source_id = s.other_ref
         where s.run_id = %(run)s and s.kind = 'event' and s.outcome = 'new' and s.id > %(after)s
           and e.family_id %% %(lanes)s = %(lane)s order by s.id limit %(batch)s) x;

insert into importing_sourcerecord (id, run_id, source, kind, source_id, record, record_id, family_id, told, digest, digest_before)
select key, %(run)s, %(source)s, 'event', source_id, 'importing_sourcerecord', key, family_id, told, digest, '' from taken;

insert into episodes_event (episode_id, family_id, kind, at, recorded_at, recorded_by_id, tool, point, summary, record, record_id)
select episode_id, family_id, told ->> 'kind', ((told ->> 'on')::date + time '12:00') at time zone 'Europe/London', %(at)s, %(by)s::bigint, '', '',
       coalesce(told ->> 'summary', %(from)s::text), 'importing_sourcerecord', key from taken;
