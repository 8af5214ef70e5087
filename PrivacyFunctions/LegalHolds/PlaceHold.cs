using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Places and releases holds (K-EXTEND): what a hold covers is neither erased nor purged, the rest goes on time; once it is
/// released, what it stopped goes on. An operator
/// names a person's address or an account, in the body, never in the URL; who it is, their key says.
/// </summary>
internal sealed class PlaceHold(
    CaseStore cases, Holds holds, PersonHolds persons, OwnersHolds ofOwners, AccountOwners accounts, AccountClaims claims, ErasureResumption erasures,
    DataMapRegister map, RestrictingRights rights, MailboxOwners owners, LegalTime time)
{
    private static readonly Mistake OfARequest = new("id", "Ids of this form belong to requests of people. Give another one.");

    /// <summary>Places a hold on the data of a person or an account (K-EXTEND). Both are named in the body, never in the address.</summary>
    [Function(nameof(PlaceHold))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)] // as a release
    [Takes("id", "The id of the hold: letters, digits, \"-\" and \"_\".")]
    [Takes("account", "The number of the account whose data it keeps, or else email.", IsOptional = true)]
    [Takes("email", "The address of the person whose data it keeps, or else account.", IsOptional = true)]
    [Takes("kind", "What it is.", Codes = typeof(HoldKind))]
    [Takes("dataSet", "The id of the data set that it covers; without it, all of them.", IsOptional = true)]
    [Takes("ground", "Why, in at most 1,000 characters and without personal data.")]
    [Takes("owner", "The id of the operator who answers for it.")]
    [Takes("reviewOn", "The day on which it is reviewed, like 2026-12-31.")]
    [Answers<Placed>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/holds")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var form = new HoldForm((Submission.Fields)submission, TakenFields.Of(request), map);
        List<Mistake> mistakes = [.. form.MistakesOfAHold(time.DateOf(await time.NowAsync(cancellation)))];
        if (mistakes.Count > 0) return Refused(request, mistakes);
        return form.Account is { } account
            ? await OfAccountAsync(request, form, account, cancellation)
            : await OfPersonAsync(request, form, cancellation);
    }

    /// <summary>Releases a hold; what it stopped goes on.</summary>
    [Function(nameof(ReleaseHold))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("id", "The id of the hold: letters, digits, \"-\" and \"_\".")]
    [Takes("account", "The number of the account whose data it keeps, or else email.", IsOptional = true)]
    [Takes("email", "The address of the person whose data it keeps, or else account.", IsOptional = true)]
    [Answers<Released>]
    public async Task<IResult> ReleaseHold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/holds/release")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var form = new HoldForm((Submission.Fields)submission, TakenFields.Of(request), map);
        List<Mistake> mistakes = [.. form.MistakesOfARelease()];
        if (mistakes.Count > 0) return Refused(request, mistakes);

        if (form.Address is not null && Hold.RequestOf(form.Id) is { } asked
            && await cases.FindAsync(asked, cancellation) is { Case: RestrictedRequest { IsClosed: false } of })
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "A person asked for this restriction", "They have to be told before it is lifted (GDPR art. 18(3)). "
                + $"Decide its case: POST /api/operator/cases/{asked}/{rights.Of(of.Kind).DecidedAt}."));

        // From here on it goes through, even when the operator's browser does not wait. A purge and the daily sweep look by themselves.
        var by = request.Caller().Id;
        var (release, resumption) = form.Account is { } account
            ? await ReleaseAsync(account, form.Id, by)
            : await persons.ReleaseAsync(form.Address!.Value, form.Id, by);
        if (release is HoldRelease.Unknown)
            return Replies.Refused(request, 404, new("There is no such hold", "No hold of this id was placed there."));

        await erasures.StartAsync(resumption, client);
        return Results.Json(
            new Released(form.Id, IsReleased: true, [.. resumption.Resumed], [.. resumption.Unsure]), RecordJson.Options);
    }

    private async Task<(HoldRelease Release, Resumption Resumption)> ReleaseAsync(AccountId account, string id, string by)
    {
        if (!await holds.WasPlacedAsync(account, id, CancellationToken.None)) return (HoldRelease.Unknown, Resumption.None);
        var before = await erasures.PrepareAsync(account, id, by);
        var release = await holds.ReleaseAsync(account, id, by, CancellationToken.None);
        return (release, before.And(await erasures.PrepareAsync(account, id, by))); // as of a person
    }

    private async Task<IResult> OfAccountAsync(
        HttpRequest request, HoldForm form, AccountId account, CancellationToken cancellation)
    {
        if (Hold.RequestOf(form.Id) is not null) return Refused(request, [OfARequest]);

        // In the middle of its purge the company's own data may know the account no more.
        if (!await accounts.ExistsAsync(account, cancellation) && await claims.HoldersAsync(account, cancellation) is [])
            return Refused(request, [new("account", "The company has no such account.")]);

        // From here on it goes through, even when the operator's browser does not wait.
        await ofOwners.NoteOwnersAsync(account, form.Id, await time.NowAsync(CancellationToken.None), CancellationToken.None);
        return Answer(
            request, await holds.PlaceAsync(account, form.Read(), request.Caller().Id, CancellationToken.None), new(form.Id, IsPlaced: true));
    }

    private async Task<IResult> OfPersonAsync(HttpRequest request, HoldForm form, CancellationToken cancellation)
    {
        var (address, by) = (form.Address!.Value, request.Caller().Id);
        if (Hold.RequestOf(form.Id) is not { } asked)
            return Answer(request, form, await persons.PlaceAsync(address, form.Read(), by, cancellation));
        if (!await holds.WasPlacedAsync(address, form.Id, cancellation)) return Refused(request, [OfARequest]);
        // The hold of a request stays that of its person, whoever has the mailbox by now.
        return Answer(request, form, await owners.AreOthersAsync(address, asked, cancellation)
            ? new(await holds.PlaceAsync(address, form.Read(), by, CancellationToken.None), IsInDirectory: true, HasUnusableEntry: false, Addresses: 1)
            : await persons.PlaceOfRequestAsync(address, [form.Read()], by, cancellation));
    }

    private static IResult Answer(HttpRequest request, HoldForm form, PlacedHold placed) => Answer(
        request, placed.Placing,
        new(form.Id, IsPlaced: true, placed.IsInDirectory, placed.HasUnusableEntry, placed.Addresses));
    private static IResult Answer(HttpRequest request, HoldPlacing placing, Placed placed) => placing switch
    {
        HoldPlacing.WasReleased => Replies.Refused(
            request, 409, new("This hold was released", "Its record stays as it is. Give the new hold an id of its own.")),
        HoldPlacing.WouldCoverLess => Replies.Refused(
            request, 409, new(
                "This hold would cover less", "What it has stopped goes on with its release only. Place the other hold under an id of its own, "
                + "then release this one.")),
        _ => Results.Json(placed, RecordJson.Options),
    };

    private static IResult Refused(HttpRequest request, List<Mistake> mistakes) =>
        Replies.Refused(request, 400, "There is a problem with the hold", mistakes);

    /// <summary>What was placed; the rest is said of a person's: whether the company knows their address, and how many of theirs are covered.</summary>
    private sealed record Placed(
        string Id, [property: JsonPropertyName("placed")] bool IsPlaced, bool? IsInDirectory = null, bool? HasUnusableEntry = null, int? AddressesCovered = null);

    /// <summary>What was released. <paramref name="ToBeAsked"/> are erasures of which a person has to find out whose data it is.</summary>
    private sealed record Released(
        string Id, [property: JsonPropertyName("released")] bool IsReleased, IReadOnlyList<CaseId> Resumed, IReadOnlyList<CaseId> ToBeAsked);
}
