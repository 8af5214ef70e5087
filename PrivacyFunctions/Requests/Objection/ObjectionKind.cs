using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Objection.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>Registers objections to direct marketing (R-OBJECT).</summary>
internal static class ObjectionKind
{
    private static readonly RequestKind Kind = new(CaseKind.Objection)
    {
        State = typeof(ObjectionRequest),
        Facts = typeof(ObjectionFact),
        New = ObjectionRequest.New,
        Orchestrator = nameof(RunObjection),
        AsksForProof = false,
        AsksWhere = false,
        TellsOfSignal = true,
    };

    /// <summary>Registers the kind and what it does on receipt.</summary>
    public static IServiceCollection AddObjections(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<IHonouredOnReceipt, StopMarketing>().AddTransient<AdvertisingRecipients>();
}
