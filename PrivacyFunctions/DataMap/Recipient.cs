using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>Who receives data, by name (clause C-RECIPIENTS, Art. 15(1)(c) GDPR).</summary>
/// <param name="Id">The name within the map, by which data sets refer to it.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null for the public, which is in no country.</param>
/// <param name="Task">What it does with the data, in plain words.</param>
/// <param name="Safeguard">What protects the transfer; set exactly when the country lies outside the EEA.</param>
/// <param name="KeepsRecords">Whether this program's own records lie there.</param>
/// <param name="DeliversMail">Whether it delivers this program's mails.</param>
internal sealed record Recipient(
    string Id, string Name, RecipientKind Kind, string? Country, string Task, TransferSafeguard? Safeguard, bool KeepsRecords,
    bool DeliversMail)
{
    /// <summary>Where we write to it ourselves when it is to be told of what happens to data (GDPR art. 19); null where somebody has to.</summary>
    public EmailAddress? Contact { get; init; }

    /// <summary>Whether it advertises to people by what it gets from us, so that it is told of an objection to advertising (art. 21(3)).</summary>
    public bool Advertises { get; init; }

    /// <summary>Whether it is told of that at all: not our own staff, and not the public, which no mail reaches.</summary>
    public bool IsToBeTold => Kind is not (RecipientKind.Staff or RecipientKind.Public);
}

internal enum RecipientKind
{
    /// <summary>Our own employees and contractors who need the data.</summary>
    Staff,

    /// <summary>Processes on our behalf and by our instructions.</summary>
    Provider,
    EventOrganiser,
    Reseller,
    Registrar,

    /// <summary>What is published: anybody. Publication is no transfer to a third country (CJEU C-101/01).</summary>
    Public,
}

/// <summary>What protects a transfer to a country outside the EEA (Chapter V GDPR), with a sentence for the person.</summary>
internal sealed record TransferSafeguard(SafeguardKind Kind, string Words);

internal enum SafeguardKind
{
    /// <summary>Art. 45.</summary>
    AdequacyDecision,

    /// <summary>Art. 46(2)(c): the Commission's model clauses, as § 6.10 of the policy says.</summary>
    StandardContractualClauses,

    /// <summary>Art. 47.</summary>
    BindingCorporateRules,
}

/// <summary>Who is told of what happens to data.</summary>
internal static class RecipientsOfData
{
    /// <summary>Those who may have some of these sets and are to be told of it (GDPR art. 19).</summary>
    public static IEnumerable<Recipient> ToBeTold(this IEnumerable<DataSet> sets) =>
        sets.SelectMany(set => set.Recipients).Distinct().Where(recipient => recipient.IsToBeTold);

    /// <summary>Whether that recipient may have some of the set.</summary>
    public static bool GoesTo(this DataSet set, string recipient) => set.Recipients.Any(each => each.Id == recipient);
}
