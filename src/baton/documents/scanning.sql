-- Scanning what is kept. The worker has no person behind it: it opens a context in which it reads files to have them scanned,
-- notes what was found, and sees nothing else. Whoever signed in has another role and gets nothing from these functions.
create function guard.open_scan() returns void language sql set search_path = public, pg_temp as $$
    select set_config('app.user_id', '', true), set_config('app.team_ids', '', true), set_config('app.family_ids', '', true),
           set_config('app.roles', '{scanner}', true), set_config('app.holder', '', true)
$$;

-- Documents after one id, the oldest first: those nobody has scanned yet; given a moment, those added since that were scanned before.
create function guard.documents_to_scan(after bigint, since timestamptz, documents integer)
returns table (id bigint, family_id bigint, scan text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not guard.has_role('scanner') then return; end if;
    if since is null then
        return query select d.id, d.family_id, d.scan::text from documents_document d
                      where d.id > after and d.scan in ('not_scanned', 'waiting') order by d.id limit documents;
    else
        return query select d.id, d.family_id, d.scan::text from documents_document d
                      where d.id > after and d.scan in ('clean', 'infected') and d.added_at >= since order by d.id limit documents;
    end if;
end $$;

create function guard.file_to_scan(document bigint) returns bytea
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (select c.file from documents_contents c where c.document_id = document and guard.has_role('scanner'));
end $$;

-- A virus is told of once, until somebody has dealt with it.
create function guard.note_scan(document bigint, verdict text, words text, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not guard.has_role('scanner') then raise insufficient_privilege using message = 'Only the scanner notes what it found.'; end if;
    update documents_document d
       set scan = verdict, scan_found = words, scanned_at = case when verdict in ('clean', 'infected') then at end
     where d.id = document;
    if verdict = 'infected' then
        insert into documents_virusfound (document_id, family_id, uploader_id, found, found_at, done)
        select d.id, d.family_id, d.added_by_id, words, at, '' from documents_document d where d.id = document
        on conflict do nothing;
    end if;
end $$;
