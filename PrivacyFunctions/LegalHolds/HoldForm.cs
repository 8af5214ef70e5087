using System.Globalization;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// A hold as an operator gives it. What could be a slip of the hand is refused, since a hold that covers something else than was
/// meant is noticed when the data is gone: a field that does not exist, a review that is over, somebody's address for an id.
/// </summary>
/// <param name="fields">What was sent.</param>
/// <param name="known">The fields that there are.</param>
/// <param name="map">The data sets that there are, and how the numbers of accounts are written.</param>
internal sealed class HoldForm(Submission.Fields fields, string[] known, DataMapRegister map)
{
    private const int LongestGround = 1000;
    private const int LongestId = 100; // stands in keys together with others

    /// <summary>The hold's id; safe in a key once there are no mistakes.</summary>
    public string Id => fields["id"];

    /// <summary>The account whose data it protects, if it names one.</summary>
    public AccountId? Account => map.TryReadAccount(fields["account"], out var account) ? account : null;

    /// <summary>The address of the person whose data it protects, if it names one.</summary>
    public EmailAddress? Address => EmailAddress.TryParse(fields["email"], out var address) ? address : null;

    /// <summary>The data set that it covers; null for all.</summary>
    private string? DataSet => fields["dataSet"] is { Length: > 0 } named ? named : null;

    /// <summary>The hold, which there is when there are no mistakes.</summary>
    public Hold Read() => new(Id, Kind!.Value, DataSet, fields["ground"], fields["owner"], ReviewOn!.Value);

    /// <summary>What has to be corrected before it can be placed.</summary>
    /// <param name="today">The legal day: a review lies after it.</param>
    public IEnumerable<Mistake> MistakesOfAHold(DateOnly today)
    {
        foreach (var mistake in MistakesOfARelease()) yield return mistake;
        if (Id.Length > LongestId) yield return new("id", $"Give an id of at most {LongestId} characters.");
        if (Kind is null) yield return new("kind", "Give the kind: legal, restriction or objection.");
        else if (Kind is HoldKind.Objection && Account is not null) yield return new("kind", "Only a person objects. Give the kind: legal or restriction.");
        if (fields["ground"].Length is 0 or > LongestGround)
            yield return new("ground", $"Give the ground, in at most {LongestGround} characters and without personal data.");
        if (!Actors.IsId(fields["owner"]))
            yield return new("owner", $"Give the owner's id, who answers for it. {Actors.WhatAnIdIs}");
        if (ReviewOn is not { } review) yield return new("reviewOn", "Give the day of the review, such as 2026-12-31.");
        else if (review <= today) yield return new("reviewOn", "The day of the review is over: give one that is to come.");
        if (DataSet is { } named && WhyItCannotCover(named) is { } why) yield return new("dataSet", why);
    }

    private string? WhyItCannotCover(string named) =>
        !DataSetId.TryParse(named, out var id) || !map.TryGet(id, out var set)
            ? "There is no such data set. Leave it out to cover all of them."
        : Address is not null && set.Role is Role.Processor
            ? "What an account holds for its customer is covered by a hold on the account: place it there."
        : Account is not null && !GoesWithAccounts(set)
            ? "This data set does not go with an account. Place the hold on the person."
        : null;

    // Or is our own record of an account's end.
    private static bool GoesWithAccounts(DataSet set) => set.Retention is Retention.AccountLife
        || set.Id.Value is ClosedCases.Set or ClosedCases.Index || ClosedCases.WithTheCase.Contains(set.Id.Value);

    /// <summary>What has to be corrected before one can be released.</summary>
    public IEnumerable<Mistake> MistakesOfARelease()
    {
        foreach (var unknown in fields.MistakesBeyond(known)) yield return unknown;
        if (!KeyPath.IsSafe(Id)) yield return new("id", "Give the hold's id: letters, digits, '-' and '_'.");
        if (fields["account"].Length > 0 == fields["email"].Length > 0)
            yield return new("account", "Name an account, or a person's email; one of the two.");
        else if (fields["account"].Length > 0 && Account is null) yield return new("account", "This is no number of an account.");
        else if (fields["email"].Length > 0 && Address is null) yield return new("email", "This is no e-mail address.");
    }

    private HoldKind? Kind =>
        Enum.TryParse<HoldKind>(fields["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private DateOnly? ReviewOn => DateOnly.TryParseExact(
        fields["reviewOn"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
