namespace PrivacyFunctions.Cases;

/// <summary>An activity as procedures call it: by what it takes and what it comes to. It stands beside its function.</summary>
/// <typeparam name="TInput">What it takes: ids only.</typeparam>
/// <typeparam name="TResult">What it comes to.</typeparam>
/// <param name="Activity">The function's name.</param>
internal sealed record Step<TInput, TResult>(string Activity)
    where TInput : notnull;

/// <summary>The same for an activity that comes to nothing that anybody asks for.</summary>
/// <inheritdoc cref="Step{TInput,TResult}"/>
internal sealed record Step<TInput>(string Activity)
    where TInput : notnull;
