using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases;

/// <summary>Asks a question, whose first answer was no, until it is yes. Each ask has a history of its own.</summary>
internal static class AskUntil
{
    /// <summary>Asks once.</summary>
    [Function(nameof(AskUntil))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<AskInput>()!;
        var question = input.Question;
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, scope: $"{input.Round}");
        var waiting = new BrokenStep(input.CaseId, question.Activity, input.Round, Workflow.ScopeOf(context.InstanceId));

        if (question.IsShown) await procedure.DoAsync(NoteAttention.Step, waiting);
        await procedure.PauseAsync(question.Pause);
        if (!await procedure.AskAsync(question))
        {
            context.ContinueAsNew(input with { Question = question.Again(), Round = input.Round + 1 });
            return;
        }

        if (question.IsShown) await procedure.DoAsync(NoteRecovery.Step, waiting);
    }
}

/// <summary>A question, and how often it was asked.</summary>
internal sealed record AskInput(CaseId CaseId, string Version, LegalClock Clock, Question Question, int Round = 0);
