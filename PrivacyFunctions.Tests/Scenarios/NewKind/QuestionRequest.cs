using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Tests.Scenarios.NewKind;

/// <summary>The state of a question to the officer, a right that only these tests have.</summary>
public sealed record QuestionRequest : SubjectRequest
{
    public static readonly CaseKind OfQuestions = CaseKind.Of("question");

    /// <summary>Where the answer stands.</summary>
    public int? Page { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => Page is null ? null : CaseOutcome.Answered;

    public static QuestionRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = OfQuestions, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <summary>The answer is found.</summary>
    public Decision Answer(int page) => Status == CaseStatus.Confirmed && Page is null
        ? new Decision.Change(new QuestionFact.AnswerFound(page))
        : Decision.Nothing;

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) =>
        fact is QuestionFact.AnswerFound found ? this with { Page = found.Page } : base.Own(fact, at);
}

/// <summary>What happens to a question alone.</summary>
public abstract record QuestionFact : CaseFact
{
    private QuestionFact()
    {
    }

    [FactName("answer-found")]
    public sealed record AnswerFound(int Page) : QuestionFact;
}
