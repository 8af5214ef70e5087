using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Newsletters;

/// <summary>Carries out a campaign's step that did not work at once, however long it takes, and returns what it came to.</summary>
internal static class MendCampaignStep
{
    /// <summary>Runs one round.</summary>
    [Function(nameof(MendCampaignStep))]
    public static Task<object?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var broken = context.GetInput<MendCampaignInput>()!;
        return Mending.RoundAsync(context, broken, isBroken => StepCall.Of(
            NoteCampaignTrouble.Step, new CampaignTrouble(broken.Campaign, isBroken ? broken.Step.Activity : null)));
    }
}

/// <summary>A step of a campaign that did not work at once, and how far it is.</summary>
internal sealed record MendCampaignInput(StepCall Step, CampaignId Campaign) : MendInput(Step);
