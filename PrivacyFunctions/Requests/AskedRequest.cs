using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>What somebody asks for by a form, or by an operator who enters it, or says what to correct in it. It looks nothing up.</summary>
/// <param name="Address">The mailbox.</param>
/// <param name="Country">The code of the country where they live; null if they do not say.</param>
/// <param name="Ground">The ground, where one is asked for and given.</param>
/// <param name="Text">What they wrote in their own words, where they are asked to.</param>
internal sealed record AskedRequest(EmailAddress Address, string? Country, string? Ground, Statement? Text)
{
    /// <summary>The law of that country, where it has a clock of its own.</summary>
    public Residence Residence => Residences.Of(Country);

    /// <summary>The address of whoever asks in the person's name; null if the person asks. The person's own address is no agent's.</summary>
    public EmailAddress? Agent { get; init; }

    /// <summary>The sign-in at the company that came with it; null if none did.</summary>
    public SignIn? SignIn { get; init; }

    /// <summary>How and when it came.</summary>
    public required Arrival Came { get; init; }

    /// <summary>
    /// What they said besides their address: who says something else asks for something else. Of what an operator entered, the way and the
    /// day belong to it, so that an entry that is put right is not taken for the one with the mistake.
    /// </summary>
    public IEnumerable<string> Said => new[]
    {
        Residence is Residence.Elsewhere ? Country : $"{Residence}", Ground, Text?.About?.Value, Text?.Words, Agent is { } agent ? $"agent {agent.Value}" : null,
        Came.IsEntered ? $"{Came.Channel} {Came.On:O}" : null,
    }.OfType<string>();

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="kind">Whose form it is.</param>
    /// <param name="fields">What was entered.</param>
    /// <param name="came">How and when it came.</param>
    /// <param name="mistakes">What to correct; if there is anything, nothing is asked for.</param>
    public static AskedRequest Read(
        RequestKind kind, Submission.Fields fields, Arrival came, out IReadOnlyList<Mistake> mistakes)
    {
        var found = new List<Mistake>();
        if (!EmailAddress.TryParse(fields["email"], out var address)) found.Add(new("email", Says.NoAddress));
        var ground = kind.Grounds.Count == 0 || (!kind.NeedsGround && fields["ground"].Length == 0) ? null : fields["ground"];
        if (ground is not null && !kind.Grounds.Contains(ground)) found.Add(new("ground", kind.Words.Ground!.Missing));
        var text = ReadText(kind, fields, found);
        var isByAgent = kind.TakesAgent && fields["agent"].Length > 0;
        EmailAddress agent = default;
        if (isByAgent && (!EmailAddress.TryParse(fields["agent"], out agent) || !IsPlain(agent))) found.Add(new("agent", Says.NoAgent));
        string? country = null;
        if (kind.AsksWhere && !Residences.TryRead(fields["residence"], out country)) found.Add(new("residence", Says.NoResidence));
        mistakes = found;
        return new(address, country, ground, text) { Came = came, Agent = isByAgent && agent != address ? agent : null };
    }

    private static RequestText Says => PageText.Of<RequestText>();

    // The person is shown it in our mail: it must not be a text or a link that somebody smuggles in.
    private static bool IsPlain(EmailAddress agent) =>
        agent.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || "@.+_-".Contains(letter)) && !agent.Value.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    // No card number is kept: nobody needs it to answer (C-MINIMUM).
    private static Statement? ReadText(RequestKind kind, Submission.Fields fields, List<Mistake> mistakes)
    {
        if (kind is not { Text: { } limits, Words.Text: { } words }) return null;
        var text = FreeText.Read(fields["text"]);
        if (limits.Of(text) is not TextFit.Fits and var fit)
        {
            mistakes.Add(new("text", fit is TextFit.TooLong ? words.TooLong : words.Missing));
            return null;
        }

        CaseId? about = null;
        if (kind.Words.Earlier is { } asked && fields["about"] is { Length: > 0 } reference)
        {
            if (CaseId.TryParse(reference, out var parsed)) about = parsed;
            else mistakes.Add(new("about", asked.Wrong));
        }

        return new(CardNumbers.Mask(text), about);
    }
}
