using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>Another controller as the form has it. The address is asked for twice, as a slip would give the data to a stranger.</summary>
/// <param name="Controller">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Again">The same once more.</param>
internal sealed record TypedController(string Controller, string Email, string Again)
{
    /// <summary>How long the name is.</summary>
    public static TextLimits NameLimits { get; } = new(1, 100);

    /// <summary>An empty form.</summary>
    public static TypedController None { get; } = new("", "", "");

    /// <summary>What was posted.</summary>
    public static TypedController Of(Submission.Fields fields) => new(fields["controller"], fields["email"], fields["again"]);

    /// <summary>Whom the person means; or what to correct.</summary>
    /// <param name="person">The person's own mailbox.</param>
    /// <param name="ours">The company's own.</param>
    public (OtherController? To, IReadOnlyList<Mistake> Mistakes) Read(EmailAddress person, IEnumerable<EmailAddress> ours)
    {
        var mistakes = new List<Mistake>();
        var name = string.Join(' ', FreeText.Paragraphs(FreeText.Read(Controller)));
        if (NameLimits.Of(name) is not TextFit.Fits) mistakes.Add(new("controller", Says.NoName.Write(("most", NameLimits.Most))));
        if (!EmailAddress.TryParse(Email, out var address)) mistakes.Add(new("email", Says.NoAddress));
        else if (TransmissionDecisions.WhyNotTo(address, person, ours) is { } bar) mistakes.Add(new("email", bar is MailboxBar.ThePersons ? Says.Yours : Says.Ours));
        else if (!EmailAddress.TryParse(Again, out var again) || again != address) mistakes.Add(new("again", Says.NotTheSame));
        return mistakes.Count > 0 ? (null, mistakes) : (new(name, address), []);
    }

    private static TransmissionText Says => PageText.Of<TransmissionText>();

    /// <summary>Withholds what was typed from logs.</summary>
    public override string ToString() => "(controller)";
}

/// <summary>A controller that the person has named, as their page shows it.</summary>
/// <param name="Controller">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Of">What became of it.</param>
internal sealed record NamedController(string Controller, string Email, Transmission Of)
{
    /// <inheritdoc cref="TypedController.ToString"/>
    public override string ToString() => "(controller)";
}

/// <summary>What <see cref="TransmissionForm"/> shows.</summary>
/// <param name="Action">Where it is sent to.</param>
/// <param name="Until">Until when the package is there, UTC.</param>
/// <param name="Named">Which controllers the person has named.</param>
/// <param name="IsFull">Whether they can name no more.</param>
/// <param name="Typed">What they typed and have to correct.</param>
/// <param name="Mistakes">What to correct.</param>
internal sealed record TransmissionView(
    string Action, DateTimeOffset Until, IReadOnlyList<NamedController> Named, bool IsFull, TypedController Typed, IReadOnlyList<Mistake> Mistakes);
