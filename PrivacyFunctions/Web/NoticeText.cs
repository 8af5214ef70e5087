using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The words of a notice.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Words">A paragraph each.</param>
internal record NoticeText(Phrase Title, IReadOnlyList<Phrase> Words)
{
    /// <summary>The notice with these values.</summary>
    public Notice Write(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var words = new List<string>();
        foreach (var paragraph in Words) words.Add(paragraph.Write(values));
        return new(Title.Write(values), words);
    }
}

/// <summary>The words of a notice that has a button.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Words">A paragraph each.</param>
/// <param name="Button">What the button says.</param>
internal sealed record QuestionText(Phrase Title, IReadOnlyList<Phrase> Words, string Button) : NoticeText(Title, Words)
{
    /// <summary>The notice with a button that posts to that path.</summary>
    public Notice Write(string path, params ReadOnlySpan<(string Name, object? Value)> values) => Write(values) with { Button = new(Button, path) };
}

/// <summary>The words of a notice from which people go on.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Words">A paragraph each.</param>
/// <param name="Next">What the link says.</param>
internal sealed record LeadText(Phrase Title, IReadOnlyList<Phrase> Words, string Next) : NoticeText(Title, Words)
{
    /// <summary>The notice with a link to that path.</summary>
    public Notice Write(string path, params ReadOnlySpan<(string Name, object? Value)> values) => Write(values) with { Next = new(Next, path) };
}
