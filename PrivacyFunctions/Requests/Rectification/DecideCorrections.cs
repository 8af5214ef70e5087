using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Shows operators what a person wants corrected, and takes their decision about what the software must not decide: what the person said
/// in their own words, and what a legal hold covers. Looking is noted (C-ACCESS).
/// </summary>
internal sealed class DecideCorrections(CaseStore cases, CorrectionRecords records, ViewLog views, IntentDispatcher dispatcher)
{
    private const string Accept = "accept";
    private const string Refuse = "refuse";

    private static readonly string Reasons =
        string.Join(", ", Enum.GetNames<CorrectionRefusal>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [Function(nameof(ShowCorrectionsToOperator))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> ShowCorrectionsToOperator(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/corrections")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { Submission: { Length: > 0 } submission } found) return NoCorrections(request);
        await views.AddAsync(found.Id, request.Caller().Id, "corrections", cancellation);
        var entries = await records.ReadAsync(found.Id, submission, cancellation);
        return Results.Json(
            new CorrectionsView(
                found.Id, found.Status, found.DueOn,
                [
                    .. from wanted in found.Wanted
                       join entry in entries on wanted.Number equals entry.Number
                       select new CorrectionView(
                           wanted.Number, wanted.State, entry.Title, wanted.DataSet, wanted.Field, entry.Before, entry.After, wanted.Refusal),
                ]),
            RecordJson.Options);
    }

    [Function(nameof(DecideCorrections))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/corrections/{number}")] HttpRequest request,
        string id, string number,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        if (fields.MistakesBeyond("decision", "reason").FirstOrDefault() is { } unknown) return Incomplete(request, unknown.Field, unknown.Words);
        if (fields["decision"] is not (Accept or Refuse)) return Incomplete(request, "decision", $"Give the decision: {Accept} or {Refuse}.");
        var isRefused = fields["decision"] == Refuse;
        if (!fields.TryReadCode<CorrectionRefusal>("reason", out var reason) && isRefused)
            return Incomplete(request, "reason", $"Give the reason why it is refused: one of {Reasons}. The person is told.");
        if (!isRefused && fields["reason"].Length > 0) return Incomplete(request, "reason", "What is accepted needs no reason. Leave it out.");

        var found = await FindAsync(id, cancellation);
        if (found?.Wanted.FirstOrDefault(wanted => wanted.Number.ToString(CultureInfo.InvariantCulture) == number) is not { } asked)
            return NoCorrections(request);
        var decided = await cases.ExecuteAsync<RectificationRequest>(
            found.Id, $"decide-{asked.Number}", request.Caller().Id,
            state => RectificationDecisions.Decide(state, asked.Number, isRefused ? reason : null, request.Caller().Id), [Intent.Wake], cancellation);
        var about = decided.Wanted.Single(wanted => wanted.Number == asked.Number);
        if (about.State is CorrectionState.Wanted)
            return Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "Nobody has to decide about it", "It is being made. Only what awaits a decision can be accepted or refused."));

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Results.Json(new Decided(found.Id, asked.Number, about.State, about.Refusal), RecordJson.Options);
    }

    private async Task<RectificationRequest?> FindAsync(string id, CancellationToken cancellation) =>
        CaseId.TryParse(id, out var parsed) ? (await cases.FindAsync(parsed, cancellation))?.Case as RectificationRequest : null;

    private static IResult NoCorrections(HttpRequest request) => Replies.Refused(request, StatusCodes.Status404NotFound, new(
        "There is no such correction", "No person sent one under this reference and number."));

    private static IResult Incomplete(HttpRequest request, string field, string words) =>
        Replies.Refused(request, StatusCodes.Status422UnprocessableEntity, new("The decision is not complete", words), field);

    private sealed record CorrectionsView(CaseId Reference, CaseStatus Status, DateOnly? DueOn, IReadOnlyList<CorrectionView> Corrections);

    /// <summary>One of them; what the person said in their own words has no data set, and stands in <paramref name="After"/>.</summary>
    private sealed record CorrectionView(
        int Number, CorrectionState State, string Title, string? DataSet, string? Field, string Before, string After, CorrectionRefusal? Refusal);

    private sealed record Decided(CaseId Reference, int Number, CorrectionState State, CorrectionRefusal? Refusal);
}
