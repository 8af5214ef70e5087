using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Registers the end of a customer account, by its owner or by the company (T-ACTIVE, T-BACKUP).</summary>
internal static class TerminationKind
{
    private static readonly KindOfCase Kind = new(CaseKind.Termination, TerminationInput.For, Enum.GetNames<TerminationStatus>())
    {
        State = typeof(Termination),
        Facts = typeof(TerminationFact),
        Orchestrator = nameof(RunTermination),
        Package = "account-data",
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddTerminations(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<AccountOwners>().AddSingleton<OwnerLinks>().AddSingleton<AccountClaims>().AddSingleton<ProposedEnds>().AddTransient<EndAgreement>().AddSingleton<AccountsInForce>().AddSingleton<AccountHolds>().AddSingleton<OwnersHolds>()
        .AddSingleton<OwnersRights>().AddSingleton<IExportRights>(services => services.GetRequiredService<OwnersRights>())
        .AddSingleton<EndingOwner>().AddSingleton<AccountParts>().AddSingleton<PurgeLedger>().AddSingleton<PurgePrecedence>()
        .AddTransient<ReusedNumber>()
        .AddSingleton<TerminationStart>().AddSingleton<ServiceExport>().AddSingleton<PartSize>().AddTransient<OwnerMails>();
}
