using System.Text.Json;
using Fluid.Values;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Mail;

/// <summary>Where a person sees how their case stands.</summary>
internal delegate Uri CasePage(CaseId id);

/// <summary>Writes letters in words that people read: what the draft says, in the frame that all letters to the same readers have.</summary>
internal sealed class LetterWriter(DataMapRegister map, CasePage pageOf)
{
    private readonly TextFolder _texts = TextFolder.English;

    /// <summary>Writes the letter.</summary>
    /// <param name="draft">Which.</param>
    /// <param name="country">Where the person lives: its code; null if they did not say. The way to complain is told for it.</param>
    /// <exception cref="InvalidOperationException">It has no text, or the text does not fit it.</exception>
    public Letter Write(Draft draft, string? country = null)
    {
        var (subject, body) = WrittenText.Split(_texts.Write(
            $"letters/{TextOf(draft.GetType())}", draft, ("country", (object?)Countries.Find(country) ?? false), ("officer", map.Company.Officer)));
        var (frame, reference) = draft switch
        {
            PersonDraft { Reference: var about } => ("to-person", about),
            AgentDraft { Reference: var about } => ("to-agent", about),
            RecipientDraft { Reference: var about } => ("to-recipient", about),
            OfficerDraft { Reference: var about } => ("to-officer", about),
            _ => throw new NotSupportedException($"A {draft.GetType().Name} goes to nobody."),
        };
        var whole = _texts.Write(
            $"letters/layout/{frame}",
            ("letter", new StringValue(body, encode: false)), ("reference", (object?)reference?.Value ?? false), ("company", map.Company),
            ("receipt", (draft as IFirstLetter)?.Receipt.AbsoluteUri ?? (object)false),
            ("page", reference is { } shown && draft is PersonDraft ? pageOf(shown).AbsoluteUri : false));
        return new(subject, WrittenText.Parts(whole)) { Language = _texts.Language.Tag };
    }

    /// <summary>Looks whether every letter of the app has a text, before one is missed when its day comes.</summary>
    /// <exception cref="InvalidOperationException">One has none, or it cannot be read.</exception>
    public void Check()
    {
        foreach (var draft in typeof(Draft).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Draft)) && !type.IsAbstract))
            _texts.Check($"letters/{TextOf(draft)}");
        if (Countries.All.Count == 0) throw new InvalidOperationException("There are no countries, whose authorities letters name.");
        foreach (var layout in new[] { "to-person", "to-agent", "to-recipient", "to-officer", "newsletter-end" }) _texts.Check($"letters/layout/{layout}");
    }

    /// <summary>The end of a newsletter, by which its reader unsubscribes.</summary>
    public WayOut WayOut(NewsletterName newsletter, Uri link) =>
        WrittenText.Parts(_texts.Write("letters/layout/newsletter-end", ("newsletter", newsletter.Value), ("link", link.AbsoluteUri)))
            is [TextPart.Paragraph { Words: var words }, TextPart.Button { Label: var label }]
                ? new(words, label, link)
                : throw new InvalidOperationException("The end of a newsletter has to say why it comes, and to end it.");

    /// <summary>The name of the text that a draft has.</summary>
    public static string TextOf(Type draft) => JsonNamingPolicy.KebabCaseLower.ConvertName(draft.Name);
}
