using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Accounts;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Places and releases holds (K-EXTEND): what a hold covers is neither erased nor purged, the rest goes on time. An operator
/// with the function key names a person's address or an account, in the body, never in the URL, and themselves.
/// </summary>
internal sealed class PlaceHold(Holds holds, AccountOwners accounts, DataMapRegister map)
{
    private const string WhatAHoldNeeds =
        "Give id (letters, digits, hyphens), kind (legal or restriction), ground, owner, reviewOn (2026-12-31), operator and, "
        + "for one data set only, its id as dataSet.";

    private const string WhoseData = "Name an account that the company has, or an email; one of the two.";

    [Function(nameof(PlaceHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operator/holds")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (Read(fields) is not { } hold) return Incomplete(request, WhatAHoldNeeds);
        switch (SubjectOf(fields))
        {
            case (AccountId account, null) when await accounts.ExistsAsync(account, cancellation):
                await holds.PlaceAsync(account, hold, fields["operator"], cancellation);
                break;
            case (null, EmailAddress address):
                await holds.PlaceAsync(address, hold, fields["operator"], cancellation);
                break;
            default:
                return Incomplete(request, WhoseData);
        }

        return Results.Json(new { hold.Id, placed = true });
    }

    [Function(nameof(ReleaseHold))]
    public async Task<IResult> ReleaseHold(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operator/holds/release")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        var (id, by) = (fields["id"], fields["operator"]);
        if (!KeyPath.IsSafe(id) || by.Length == 0) return Incomplete(request, "Give the hold's id and operator.");

        var released = SubjectOf(fields) switch
        {
            (AccountId account, null) => await holds.TryReleaseAsync(account, id, by, cancellation),
            (null, EmailAddress address) => await holds.TryReleaseAsync(address, id, by, cancellation),
            _ => default(bool?),
        };
        return released switch
        {
            true => Results.Json(new { id, released = true }),
            false => Replies.Refused(request, 404, new("There is no such hold", "No hold of this id is in force there.")),
            null => Incomplete(request, WhoseData),
        };
    }

    private static (AccountId? Account, EmailAddress? Address) SubjectOf(Submission.Fields fields) => (
        AccountId.TryParse(fields["account"], out var account) ? account : null,
        EmailAddress.TryParse(fields["email"], out var address) ? address : null);

    private Hold? Read(Submission.Fields fields)
    {
        var dataSet = fields["dataSet"] is { Length: > 0 } named ? named : null;
        return KeyPath.IsSafe(fields["id"])
            && Enum.TryParse<HoldKind>(fields["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            && fields["ground"].Length > 0 && fields["owner"].Length > 0 && fields["operator"].Length > 0
            && DateOnly.TryParseExact(
                fields["reviewOn"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var reviewOn)
            && (dataSet is null || (DataSetId.TryParse(dataSet, out var set) && map.TryGet(set, out _)))
            ? new(fields["id"], kind, dataSet, fields["ground"], fields["owner"], reviewOn)
            : null;
    }

    private static IResult Incomplete(HttpRequest request, string words) =>
        Replies.Refused(request, 400, new("The hold is not complete", words));
}
