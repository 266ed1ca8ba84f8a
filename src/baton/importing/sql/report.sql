-- What a run's report keeps: lines without anybody's values. Those stand between quotation marks, or are dates and numbers.
insert into importing_reportline (run_id, sheet, line, kind, outcome, level, field, words)
select s.run_id, s.sheet, s.line, s.kind, s.outcome, f.item ->> 0, f.item ->> 1, regexp_replace(f.item ->> 2, %(values)s, '…', 'g')
  from importing_staged s cross join lateral jsonb_array_elements(s.findings) f(item)
 where s.run_id = %(run)s and s.digest <> '' order by s.sheet, s.line, s.id;
