using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Registers requests to erase one's data (R-ERASE).</summary>
internal static class ErasureKind
{
    private static readonly RequestKind Kind = new(CaseKind.Erasure)
    {
        State = typeof(ErasureRequest),
        Facts = typeof(ErasureFact),
        New = ErasureRequest.New,
        Orchestrator = nameof(RunErasureRequest),
        Grounds = ["needless", "consent", "objection", "unlawful", "duty", "child"], // art. 17(1)(a) to (f)
        NeedsGround = false, // nobody has to know the law to use their right
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddErasureRequests(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<ErasureVault>().AddSingleton<IForgottenWithCase>(services => services.GetRequiredService<ErasureVault>()).AddSingleton<ErasureSubjects>().AddSingleton<ErasurePlans>().AddSingleton<ErasurePlanner>()
        .AddSingleton<ResumedErasures>().AddSingleton<PersonProtections>().AddTransient<ErasureResumption>();
}
