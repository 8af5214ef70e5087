metadata description = 'Lets an identity into one storage account, with the roles that it needs there and no others.'

@description('The account; it lies in the resource group that this module is deployed to.')
param accountName string

@description('The object id of the identity.')
param principalId string

@description('Names of roles, as roles.json spells them.')
param roles string[]

var roleIds = loadJsonContent('../roles.json')

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: accountName
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    scope: account
    name: guid(account.id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[role])
    }
  }
]
