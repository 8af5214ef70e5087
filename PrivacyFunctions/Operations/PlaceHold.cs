using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Pages;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Places and releases holds (K-EXTEND): what a hold covers is neither erased nor purged, the rest goes on time. An operator
/// with the function key names a person's address or an account, in the body, never in the URL.
/// </summary>
internal sealed class PlaceHold(Holds holds, DataMapRegister map)
{
    [Function(nameof(PlaceHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operator/holds")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (Read(fields) is not { } hold)
            return Incomplete(
                request, "Give id (letters, digits, hyphens), kind (legal or restriction), ground, owner, reviewOn (2026-12-31) and, "
                + "for one data set only, its id as dataSet.");

        if (AccountId.TryParse(fields["account"], out var account)) await holds.PlaceAsync(account, hold, cancellation);
        else if (EmailAddress.TryParse(fields["email"], out var address)) await holds.PlaceAsync(address, hold, cancellation);
        else return Incomplete(request, "Name an account or an email.");
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
        var id = fields["id"];
        if (!KeyPath.IsSafe(id)) return Incomplete(request, "Give the hold's id.");

        if (AccountId.TryParse(fields["account"], out var account)) await holds.ReleaseAsync(account, id, cancellation);
        else if (EmailAddress.TryParse(fields["email"], out var address)) await holds.ReleaseAsync(address, id, cancellation);
        else return Incomplete(request, "Name an account or an email.");
        return Results.Json(new { id, released = true });
    }

    private Hold? Read(Submission.Fields fields)
    {
        var dataSet = fields["dataSet"] is { Length: > 0 } named ? named : null;
        return KeyPath.IsSafe(fields["id"])
            && Enum.TryParse<HoldKind>(fields["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            && fields["ground"].Length > 0 && fields["owner"].Length > 0
            && DateOnly.TryParseExact(
                fields["reviewOn"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var reviewOn)
            && (dataSet is null || (DataSetId.TryParse(dataSet, out var set) && map.TryGet(set, out _)))
            ? new(fields["id"], kind, dataSet, fields["ground"], fields["owner"], reviewOn)
            : null;
    }

    private static IResult Incomplete(HttpRequest request, string words) =>
        Replies.Refused(request, 400, new("The hold is not complete", words));
}
