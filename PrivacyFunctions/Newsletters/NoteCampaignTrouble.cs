using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Newsletters;

/// <summary>Shows on the campaign that a step stays broken, so that a person looks, or that it works again.</summary>
internal sealed class NoteCampaignTrouble(Campaigns campaigns)
{
    public static readonly Step<CampaignTrouble> Step = new(nameof(NoteCampaignTrouble));

    [Function(nameof(NoteCampaignTrouble))]
    public Task RunAsync([ActivityTrigger] CampaignTrouble trouble, CancellationToken cancellation) =>
        campaigns.NoteAsync(trouble, cancellation);
}
