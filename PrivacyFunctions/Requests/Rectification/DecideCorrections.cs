using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Shows operators what a person wants corrected, and takes their decision about what the software must not decide: what the person said
/// in their own words, and what a legal hold covers. Looking is noted (C-ACCESS).
/// </summary>
internal sealed class DecideCorrections(
    CaseStore cases, CorrectionRecords records, DataMapRegister map, ViewLog views, IntentDispatcher dispatcher)
{
    /// <summary>Shows what a person wants corrected. Looking is noted.</summary>
    [Function(nameof(ShowCorrectionsToOperator))]
    [ForRoles(CallerRole.Agent | CallerRole.Approver | CallerRole.Dpo)]
    [Answers<CorrectionsView>]
    public async Task<IResult> ShowCorrectionsToOperator(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/cases/{id}/corrections")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await cases.FindAsync<RectificationRequest>(id, cancellation) is not { Submission: { Length: > 0 } submission } found) return NoCorrections(request);
        await views.AddAsync(found.Id, request.Caller().Id, "corrections", cancellation);
        var entries = await records.ReadAsync(found.Id, submission, cancellation);
        return Results.Json(
            new CorrectionsView(
                found.Id, found.Status, found.DueOn,
                [
                    .. from wanted in found.Wanted
                       join entry in entries on wanted.Number equals entry.Number
                       select new CorrectionView(
                           wanted.Number, wanted.State, wanted.Why, entry.Title, wanted.DataSet, wanted.Field, entry.Before, entry.After,
                           wanted.ByHand, wanted.Refusal),
                ]),
            RecordJson.Options);
    }

    /// <summary>Takes the decision about one of the corrections that the software must not decide about.</summary>
    [Function(nameof(DecideCorrections))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("decision", "accept (the software makes it), done (you saw to it) or refuse.")]
    [Takes("reason", "Why it is refused.", Codes = typeof(CorrectionRefusal), IsOptional = true)]
    [Takes("dataSets", "With done: the ids of the data sets in which you corrected something, with commas between them.", IsOptional = true)]
    [Answers<Decided>]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/cases/{id}/corrections/{number}")] HttpRequest request,
        string id, string number,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The decision is not complete", cancellation);
        var decide = Read(form);
        if (form.Refusal is { } refusal) return refusal;

        var found = await cases.FindAsync<RectificationRequest>(id, cancellation);
        if (found?.Wanted.FirstOrDefault(wanted => wanted.Number.ToString(CultureInfo.InvariantCulture) == number) is not { } asked)
            return NoCorrections(request);
        if (asked.State is CorrectionState.Wanted or CorrectionState.AwaitsDecision && Unread.OrOpen(request, found) is { } unread) return unread;
        var by = request.Caller().Id;
        var decided = await cases.ExecuteAsync<RectificationRequest>(
            found.Id, $"decide-{asked.Number}-{asked.Decisions}", by, state => decide(state, asked.Number, by), [Intent.Wake], cancellation);
        var about = decided.Wanted.Single(wanted => wanted.Number == asked.Number);
        if (about.State is CorrectionState.Wanted or CorrectionState.AwaitsDecision)
            return Unread.OrOpen(request, decided) ?? Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "This cannot be decided so",
                "What is being made needs no decision. What somebody said in their own words the software cannot make: see to it, and say done, or refuse it."));

        await dispatcher.TryDispatchAsync(client, found.Id, cancellation);
        return Results.Json(new Decided(found.Id, asked.Number, about.State, about.ByHand, about.Refusal), RecordJson.Options);
    }

    private Func<RectificationRequest, int, string, Decision> Read(DecisionForm form)
    {
        var dataSets = form["dataSets"].Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
        switch (form["decision"])
        {
            case "accept" when form["reason"].Length == 0 && dataSets.Length == 0:
                return RectificationDecisions.Accept;
            case "done" when form["reason"].Length == 0:
                if (dataSets.FirstOrDefault(set => !map.TryGet(set, out _)) is { } none) form.Refuse("dataSets", $"'{none}' is no data set of the map.");
                return (state, number, by) => RectificationDecisions.NoteByHand(state, number, dataSets.Distinct(), by);
            case "refuse" when dataSets.Length == 0:
                var reason = form.Code<CorrectionRefusal>("reason", "The person is told why it is refused. Give the reason");
                return (state, number, by) => RectificationDecisions.Refuse(state, number, reason, by);
            default:
                form.Refuse(
                    "decision",
                    "Give the decision: accept (the software makes it), done (you saw to it; with dataSets, where you corrected something), or refuse (with a reason).");
                return (_, _, _) => Decision.Nothing;
        }
    }

    private static IResult NoCorrections(HttpRequest request) => Replies.Refused(request, StatusCodes.Status404NotFound, new(
        "There is no such correction", "No person sent one under this reference and number."));

    private sealed record CorrectionsView(CaseId Reference, CaseStatus Status, DateOnly? DueOn, IReadOnlyList<CorrectionView> Corrections);

    /// <summary>One of them; what the person said in their own words has no data set, and stands in <paramref name="After"/>.</summary>
    private sealed record CorrectionView(
        int Number, CorrectionState State, DecisionNeed? Why, string Title, string? DataSet, string? Field, string Before, string After,
        IReadOnlyList<string>? ByHand, CorrectionRefusal? Refusal);

    private sealed record Decided(
        CaseId Reference, int Number, CorrectionState State, IReadOnlyList<string>? ByHand, CorrectionRefusal? Refusal);
}
