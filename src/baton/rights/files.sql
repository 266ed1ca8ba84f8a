-- Files of documents that were gathered for a request, for the officer who decides whether they are given, and as they were given. Officers see
-- no table of a family's record; each of these is for one purpose, and asks itself about closed families.

-- What is known of each document that was gathered.
create function guard.rights_documents(request bigint)
returns table (document bigint, family bigint, name text, size integer, sha256 text, scan text, is_withdrawn boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id, d.family_id, d.file_name::text, d.size, d.sha256::text, d.scan::text, d.withdrawn_at is not null
      from rights_item i join documents_document d on d.id = i.row_id
     where i.request_id = rights_documents.request and i."table" = 'documents_document' and guard.has_role('governance')
       and d.family_id <> all(guard.closed_ids()) and not guard.is_about_closed(rights_documents.request)
     order by i.position
$$;

-- The file of a document: while its request is open, or where it was given with a copy. Nothing where a virus was found in it.
create function guard.rights_file(request bigint, document bigint) returns bytea
language sql stable security definer set search_path = public, pg_temp as $$
    select c.file from documents_contents c join documents_document d on d.id = c.document_id
     where d.id = rights_file.document and d.scan <> 'infected' and guard.has_role('governance')
       and d.family_id <> all(guard.closed_ids()) and not guard.is_about_closed(rights_file.request)
       and (exists (select from rights_copiedfile f where f.request_id = rights_file.request and f.document_id = d.id and f.is_given)
            or exists (select from rights_item i join rights_accessrequest r on r.id = i.request_id and r.answered_on is null
                        where i.request_id = rights_file.request and i."table" = 'documents_document' and i.row_id = d.id))
$$;
