-- 句子：正文的每一句一行 / one row a sentence of the prose.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col sentence_id 句编号 / document and number of the sentence
-- @col page 页码 / page
-- @col section 所在章节 / path of headings, > between
-- @col text 文字 / text, mended across line ends
-- @col char_start 起始字符 / offset of its first character in the document's text
-- @col char_end 结束字符 / offset just past its last character
-- @col sentence_no 第几句 / number of the sentence in its document, from 1
select
    f.document_id,
    f.file,
    f.document_id || ':s' || s.sentence_no as sentence_id,
    s.page,
    s.section,
    s.text,
    s.char_start,
    s.char_end,
    s.sentence_no
from input.sentences as s
inner join staging.files as f on f.sha256 = s.sha256 and f.is_read
order by f.file, s.sentence_no
