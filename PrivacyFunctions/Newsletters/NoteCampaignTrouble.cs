using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Newsletters;

/// <summary>Shows on the campaign that a step stays broken, so that a person looks, or that it works again.</summary>
internal sealed class NoteCampaignTrouble(Campaigns campaigns)
{
    [Function(nameof(NoteCampaignTrouble))]
    public Task RunAsync([ActivityTrigger] CampaignTrouble trouble, CancellationToken cancellation) =>
        campaigns.NoteAsync(trouble, cancellation);
}
