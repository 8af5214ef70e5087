using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>Somebody objected to advertising, and others may advertise to them by data that they got from us.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Recipients">The names of those whom somebody has to tell.</param>
/// <param name="Written">The names of those whom we wrote to.</param>
internal sealed record TellRecipientsOfAdvertising(CaseId? Reference, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written)
    : OfficerDraft(Reference);

/// <summary>An objection to direct marketing was carried out.</summary>
/// <param name="Reference">The case.</param>
internal sealed record MarketingStopped(CaseId Reference) : PersonDraft(Reference), IFirstLetter
{
    /// <inheritdoc/>
    public required Uri Receipt { get; init; }

    /// <summary>How it came, if an operator entered it.</summary>
    public Came? Came { get; init; }

    /// <summary>The local date on which it came, if that was before the entry: what the person agreed to since then still comes.</summary>
    public DateOnly? CountsFrom { get; init; }
}
