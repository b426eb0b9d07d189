-- The source of functions is folded, names in it are no links; Colab's badge is no figure.

function CodeBlock(block)
  if block.attributes['code-fold'] == 'show' then block.attributes['code-fold'] = 'true' end
  -- nbdev writes links around names in backticks, in signatures as well
  block.text = block.text:gsub('%[(`[^`%]]+`)%]%([^()]*%)', '%1')
  return block
end

local function badge(block)
  local html
  block:walk {
    Link = function(link)
      if not link.target:find('colab.research.google.com', 1, true) then return end
      link:walk {
        Image = function(image)
          html = ('<a href="%s"><img src="%s" alt="Open in Colab"></a>'):format(link.target, image.src)
        end
      }
    end
  }
  return html and pandoc.Para { pandoc.RawInline('html', html) }
end

function Figure(figure) return badge(figure) end

function Para(paragraph)
  if #paragraph.content == 1 and paragraph.content[1].t == 'Link' then return badge(paragraph) end
end
