using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>
/// What the company holds about people for one purpose, and all that Art. 15(1) GDPR wants told about it.
/// </summary>
/// <param name="Title">What it is, in words that a person understands.</param>
/// <param name="Recipients">Who receives it; never empty, since our own staff is among them.</param>
/// <param name="Find">How a person's (account's, case's) part is found; null for what is never gathered.</param>
/// <param name="OfAccount">
/// How a customer account's part is found, which goes when the account ends (clause T-ACTIVE); null for what outlives it.
/// Service data always has one.
/// </param>
/// <param name="NotGathered">Why an access answer does not collect it; null when it does.</param>
/// <param name="Identity">What makes it the directory that resolves an address to persons; null for any other set.</param>
/// <param name="Ownership">What makes it the register of customer accounts; null for any other set.</param>
/// <param name="Subscription">What makes it the list of newsletter subscribers; null for any other set.</param>
internal sealed record DataSet(
    DataSetId Id,
    SystemId System,
    string Title,
    Role Role,
    Origin Origin,
    string Purpose,
    LegalBasis Basis,
    ImmutableArray<Recipient> Recipients,
    Retention Retention,
    Erasure Erasure,
    AutomatedDecision? AutomatedDecision,
    StoreLocation Store,
    Find? Find,
    Find? OfAccount,
    ImmutableArray<Field> Fields,
    string? NotGathered,
    Identity? Identity,
    Ownership? Ownership,
    SubscriptionFields? Subscription)
{
    /// <summary>
    /// Whether a person's access answer collects this set: ours as a controller, and not excluded with a reason. Service
    /// data (processor) is never searched for a person: clause T-PROCESSOR.
    /// </summary>
    public bool IsGathered => Role is Role.Controller && NotGathered is null && !IsToldFromOurRecords;

    /// <summary>
    /// Whether an access answer contains it although no erasure touches it: our own record of a person's requests and wishes, kept
    /// under a secret key of theirs or for each of their cases.
    /// </summary>
    public bool IsToldFromOurRecords => NotGathered is null && Find is { Key.Kind: KeyKind.Keyed or KeyKind.Case };

    /// <summary>
    /// Whether it is there as long as the person has an account with us, and goes with their last one: it is about the person, not
    /// about one account (clause T-ACTIVE).
    /// </summary>
    public bool GoesWithLastAccount => IsGathered && Retention is Retention.AccountLife && OfAccount is null;

    /// <summary>Whether a person's part can be found by the person alone, whatever their addresses.</summary>
    public bool IsFoundByPerson => Identity is not null || Find is { Key.Kind: KeyKind.Person };

    /// <summary>The field that holds the instant from which the retention counts; null when no record tells it.</summary>
    public string? AnchorField => (Retention as Retention.After)?.Anchor;
}

/// <summary>Whether we decide about the data or hold it for a customer (§ 4 and § 6.10 of the policy).</summary>
internal enum Role
{
    Controller,
    Processor,
}

/// <summary>Where the data comes from (clause C-SOURCE, Art. 15(1)(g)), with a sentence for the person.</summary>
internal sealed record Origin(OriginKind Kind, string Words);

/// <summary>The three origins of § 6.3.</summary>
internal enum OriginKind
{
    Given,
    Automatic,
    ThirdParty,
}

/// <summary>A decision made by a machine alone (Art. 15(1)(h), Art. 22 GDPR).</summary>
internal sealed record AutomatedDecision(string Logic, string Consequences);
