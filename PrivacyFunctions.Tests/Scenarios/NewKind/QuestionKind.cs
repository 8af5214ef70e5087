using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;

namespace PrivacyFunctions.Tests.Scenarios.NewKind;

/// <summary>The registration of questions: all that the app is told of them.</summary>
internal static class QuestionKind
{
    public static RequestKind Kind { get; } = new(QuestionRequest.OfQuestions)
    {
        State = typeof(QuestionRequest),
        Facts = typeof(QuestionFact),
        New = QuestionRequest.New,
        Orchestrator = nameof(RunQuestion),
    };
}

/// <summary>The procedure of a question.</summary>
internal static class RunQuestion
{
    [Function(nameof(RunQuestion))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);
        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        await procedure.DoAsync(AnswerQuestion.Step, new CaseStep(request.CaseId));
        await procedure.DoAsync(CloseCase.Step, new CaseStep(request.CaseId));
    }
}

/// <summary>Looks for the answer and mails it.</summary>
internal sealed class AnswerQuestion(CaseStore cases, CaseMails mails)
{
    public static readonly Step<CaseStep> Step = new(nameof(AnswerQuestion));

    public const string Subject = "The answer to your question";

    [Function(nameof(AnswerQuestion))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var answered = await cases.ExecuteAsync<QuestionRequest>(
            step.CaseId, "answer", Actors.System, asked => asked.Answer(page: 42), [], cancellation);
        await mails.SendOnceAsync(answered.Id, "answer", new QuestionAnswered(answered.Id, answered.Page), cancellation);
    }
}

/// <summary>The answer.</summary>
internal sealed record QuestionAnswered(CaseId Reference, int? Page) : PersonDraft(Reference);
