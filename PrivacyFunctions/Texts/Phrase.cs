using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;

namespace PrivacyFunctions.Texts;

/// <summary>
/// A sentence of a page that names values, as letters do: dates and numbers are written by the language, and a link stands where the language
/// wants it. Whatever is in a value, it is shown as words. A phrase that names a value that is not there is not written: it fails.
/// </summary>
internal sealed class Phrase(Phrase.Writer write)
{
    /// <summary>Puts it together: encoded values, and marks for what is more than words.</summary>
    internal delegate string Writer(ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>The phrase as words alone.</summary>
    /// <exception cref="FormatException">There is a link in it, or words that stand out.</exception>
    public string Write(params ReadOnlySpan<(string Name, object? Value)> values) => WrittenText.Runs(write(values)) switch
    {
        [] => "",
        [{ Mark: TextMark.None, Words: var words }] => words,
        _ => throw new FormatException("A phrase with a link or words that stand out can only be shown in a page."),
    };

    /// <summary>The phrase in a page.</summary>
    public RenderFragment Show(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var runs = WrittenText.Runs(write(values));
        return page =>
        {
            foreach (var (mark, words, link) in runs)
            {
                if (ElementOf(mark) is not { } element)
                {
                    page.AddContent(0, words);
                    continue;
                }

                page.OpenElement(1, element);
                if (link is not null) page.AddAttribute(2, mark is TextMark.Time ? "datetime" : "href", link);
                page.AddContent(3, words);
                page.CloseElement();
            }
        };
    }

    private static string? ElementOf(TextMark mark) => mark switch
    {
        TextMark.None => null,
        TextMark.Link => "a",
        TextMark.Code => "code",
        TextMark.Strong => "strong",
        TextMark.Time => "time",
        _ => throw new FormatException("A button stands in no sentence."),
    };
}

/// <summary>Reads phrases of a language.</summary>
internal sealed class PhraseReader(TextFolder texts) : JsonConverter<Phrase>
{
    /// <inheritdoc/>
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        texts.Phrase(reader.GetString() ?? throw new JsonException("A phrase is missing."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options) => throw new NotSupportedException();
}
