using System.Text.Json;

namespace PrivacyFunctions.Texts;

/// <summary>
/// The words of a page, or of a few that belong together. They are the text of the same name under <c>Texts/{language}/pages</c>: each property is
/// there and nothing else. What names values is a <see cref="Phrase"/>.
/// </summary>
internal abstract record PageText
{
    private protected PageText()
    {
    }

    /// <summary>The language in which pages are shown.</summary>
    public static Language Language => TextFolder.English.Language;

    /// <summary>The words of a page in that language.</summary>
    public static T Of<T>()
        where T : PageText => (T)TextFolder.English.Page(typeof(T));

    /// <summary>The name of the text that a page has.</summary>
    public static string NameOf(Type page) => $"pages/{JsonNamingPolicy.KebabCaseLower.ConvertName(page.Name[..^"Text".Length])}";

    /// <summary>Looks whether every page of the app has its words, before somebody opens one that has none.</summary>
    /// <exception cref="InvalidOperationException">One has none, or others.</exception>
    public static void Check()
    {
        foreach (var page in typeof(PageText).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageText)))) TextFolder.English.Page(page);
    }
}
